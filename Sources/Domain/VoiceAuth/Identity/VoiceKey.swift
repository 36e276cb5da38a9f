/// A keyed hash in the place of a person, contact, call or code: neither the machine nor the table holds the thing itself.
///
/// `VoiceHash` makes keys, and items of the table give them back. The type says what a key is of, so that one of a
/// contact cannot be taken for one of a person.
package struct VoiceKey<Subject>: Sendable, Hashable {
    /// The key as the table holds it.
    let text: String

    init(_ text: String) { self.text = text }
}

package typealias IdentityKey = VoiceKey<VoiceIdentity>
package typealias SessionKey = VoiceKey<VoiceSession>
package typealias CallKey = VoiceKey<VoiceCall>
package typealias ContactKey = VoiceKey<VoiceContact>
package typealias CodeKey = VoiceKey<VoiceCode>

/// A contact of Amazon Connect, which keys alone stand for.
package enum VoiceContact {}

/// A hand-over code, which keys alone stand for.
package enum VoiceCode {}

extension ContactKey {
    /// The contact's session in contact mode, which has the contact's key.
    package var session: SessionKey { SessionKey(text) }
}

extension SessionKey {
    /// The key of no session.
    package static let none = SessionKey("")
}
