/// Where a session is kept: the keys of its identity, and of itself within that.
package struct VoicePlace: Sendable, Equatable {
    package var identity: String
    package var session: String

    package init(identity: String, session: String) {
        self.identity = identity
        self.session = session
    }
}
