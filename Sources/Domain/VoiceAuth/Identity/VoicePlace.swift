import AWS

/// Where a session is kept: the keys of its identity, and of itself within that.
package struct VoicePlace: Sendable, Equatable {
    package var identity: String
    package var session: String

    package init(identity: String, session: String) {
        self.identity = identity
        self.session = session
    }

    init?(_ item: Item) {
        guard let identity = item["identity"]?.string, let session = item["session"]?.string else { return nil }
        self.init(identity: identity, session: session)
    }

    var attributes: Item { ["identity": .string(identity), "session": .string(session)] }
}
