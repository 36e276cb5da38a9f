/// A queue or an agent in a list of an instance.
package struct ConnectSummary: Sendable, Equatable {
    package let id: String
    /// The queue's name, or the agent's user name; empty where Connect gives none.
    package let name: String

    /// The name, or the id where there is none.
    package var title: String { name.isEmpty ? id : name }

    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}
