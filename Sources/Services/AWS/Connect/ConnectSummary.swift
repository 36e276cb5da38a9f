/// A queue or an agent in a list of an instance.
package struct ConnectSummary: Sendable, Equatable {
    package let id: String
    /// The queue's name, or the agent's user name; empty where Connect gives none.
    package let name: String

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}
