/// What a send answered: recorded, and given again to whoever repeats it.
package struct Receipt: Sendable, Equatable {
    /// The service's identifier of the message: accepted, not yet delivered.
    package let messageID: String
    /// Further output fields, such as `parts`; nothing personal, since they are stored.
    package let details: [String: String]

    package init(messageID: String, details: [String: String] = [:]) {
        self.messageID = messageID
        self.details = details
    }
}
