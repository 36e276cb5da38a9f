import AWS
import Crypto
import JSON
package import Settings
import Synchronization

/// Keyed hashes that name people, contacts, calls, codes and recordings: the table never holds those themselves.
///
/// HMAC-SHA256 under `VOICE_HASH_SECRET`. Without the secret nobody can try all numbers, or all codes, against the
/// table. Changing the secret makes all identities unknown.
package struct VoiceHash: Sendable {
    /// The secret's bytes, the same for every copy of a hash: `HashSecret` may read another secret.
    final class Key: Sendable {
        private let bytes = Mutex<[UInt8]>([])

        func set(_ secret: Redacted<String>) { bytes.withLock { $0 = Array(secret.value.utf8) } }

        var value: [UInt8] { bytes.withLock(\.self) }
    }

    private let key: Key

    package init(secret: Redacted<String>) {
        key = Key()
        key.set(secret)
    }

    init(_ key: Key) {
        self.key = key
    }

    /// The identity's key.
    package func identity(_ caller: CallerIdentity) -> IdentityKey {
        switch caller {
        case .number(let number): hash("identity", "number", number.value)
        case .record(let id): hash("identity", "record", id.value)
        }
    }

    /// A contact's, which is also its session's key in contact mode.
    package func contact(_ contactID: String) -> ContactKey { hash("contact", contactID) }

    /// A number's, which is its session's key in caller-id mode.
    package func caller(_ number: Redacted<String>) -> SessionKey { hash("caller", number.value) }

    /// A Twilio call's.
    package func call(_ callSID: String) -> CallKey { hash("call", callSID) }

    /// A hand-over code's.
    package func code(_ code: String) -> CodeKey { hash("code", code) }

    /// The count of a number's wrong codes.
    func codes(of number: Redacted<String>) -> VoiceKey<CodeBar> { hash("codes", number.value) }

    /// A Twilio recording's.
    func recording(_ recordingSID: String) -> VoiceKey<RecordingClaim> { hash("recording", recordingSID) }

    private func hash<Subject>(_ kind: String, _ parts: String...) -> VoiceKey<Subject> {
        VoiceKey("\(kind)#" + SHA256.hexadecimal(SHA256.authenticationCode(ofParts: [kind] + parts, key: key.value)))
    }
}
