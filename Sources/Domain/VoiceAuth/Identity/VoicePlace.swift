/// The place of a session: the keys of its identity, and of itself within that.
package struct VoicePlace: Sendable, Equatable {
    package var identity: IdentityKey
    package var session: SessionKey

    package init(identity: IdentityKey, session: SessionKey) {
        self.identity = identity
        self.session = session
    }
}
