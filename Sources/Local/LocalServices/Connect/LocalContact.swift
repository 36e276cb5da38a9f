/// A contact of the local Amazon Connect.
package struct LocalContact: Sendable, Equatable {
    /// The seconds in the queue.
    package let wait: Int
    /// The place of the agent who took it; nil for one that was abandoned.
    package let agent: Int?
    package let talk: Int
    package let hold: Int
    package let work: Int
    package let isTransferred: Bool

    package var isAbandoned: Bool { agent == nil }
    /// Talk, hold and the work after it.
    package var handle: Int { talk + hold + work }
}

/// A queue of the local Amazon Connect.
package struct LocalQueue: Sendable, Equatable {
    package let id: String
    package let name: String
    package let channels: [String]
    /// Its traffic, where 1 is a usual queue's.
    package let weight: Double

    package init(id: String, name: String, channels: [String] = ["VOICE"], weight: Double = 1) {
        self.id = id
        self.name = name
        self.channels = channels
        self.weight = weight
    }
}

/// An agent of the local Amazon Connect.
package struct LocalAgent: Sendable, Equatable {
    package let id: String
    package let username: String

    package init(id: String, username: String) {
        self.id = id
        self.username = username
    }
}
