package import AWS
package import Calling
package import HTTPClient
import Settings

/// `VOICE_HASH_SECRET`, in Secrets Manager or a variable, and the hash under it.
package final class HashSecret: Sendable {
    static let name = "VOICE_HASH_SECRET"
    /// The least number of characters.
    static let minimumLength = 16

    private let reader: KeyedSecretReader
    private let key = VoiceHash.Key()

    package init(_ secret: KeyedSecret, http: CurlClient = CurlClient(), timing: CallTiming = CallTiming()) {
        reader = KeyedSecretReader(secret, http: http, timing: timing)
    }

    /// The hash under the secret as it was read last.
    package var hash: VoiceHash { VoiceHash(key) }

    /// Reads the secret, if it is stored in Secrets Manager: call it once at start.
    ///
    /// Throws an `EnvironmentError` when the secret lacks the key, or the `AWSError` of the call.
    package func read(deadline: ContinuousClock.Instant) async throws {
        take(try await reader.values(deadline: deadline))
    }

    /// Throws an `EnvironmentError` while the secret is too short: no hash may be made then.
    ///
    /// It is read again, at most once in 30 seconds; a longer one counts from then on.
    package func checkLength(deadline: ContinuousClock.Instant) async throws {
        take(try await reader.usable(deadline: deadline))
    }

    private func take(_ values: KeyedSecret.Values) {
        if let secret = values[Self.name] { key.set(secret) }
    }
}
