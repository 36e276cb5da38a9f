package import AWS
package import Settings
import Synchronization

/// `RECORDING_LINK_SECRET`, under which links are signed, and `RECORDING_LINK_SECRET_PREVIOUS`, whose links still play, as
/// they were read last.
package final class LinkSecret: Sendable {
    package static let name = "RECORDING_LINK_SECRET"
    package static let previousName = "RECORDING_LINK_SECRET_PREVIOUS"
    /// The least number of characters of either; a shorter one can be guessed from one link.
    package static let minimumLength = 16

    private let reader: KeyedSecretReader
    private let values: Mutex<KeyedSecret.Values>

    /// Reads the secret from Secrets Manager if it is stored there.
    ///
    /// Throws an `EnvironmentError` when the secret lacks the key, or the `AWSError` of the call. One that is too
    /// short is found by `checkLength`.
    package init(_ reader: KeyedSecretReader, deadline: ContinuousClock.Instant) async throws {
        self.reader = reader
        values = Mutex(try await reader.values(deadline: deadline))
    }

    /// Takes the secrets themselves.
    package init(_ text: Redacted<String>, previous: Redacted<String>? = nil) {
        var given = [Self.name: text]
        given[Self.previousName] = previous
        reader = KeyedSecretReader(KeyedSecret(given.mapValues(\.value)))
        values = Mutex(given)
    }

    /// The secrets that links may be signed with, the one that signs them first.
    var texts: [String] {
        values.withLock { values in
            [Self.name, Self.previousName].compactMap { values[$0]?.value }
        }
    }

    /// Throws an `EnvironmentError` while one of them is too short: ask before each use.
    ///
    /// They are read again then, at most once in 30 seconds.
    package func checkLength(deadline: ContinuousClock.Instant) async throws {
        let usable = try await reader.usable(deadline: deadline)
        values.withLock { $0 = usable }
    }

    /// Returns true when there is another secret by now; links are signed with it from here on.
    ///
    /// Within 30 seconds of the last read it returns false, so that bad signatures do not cause a call each.
    func hasChanged(deadline: ContinuousClock.Instant) async throws -> Bool {
        guard let others = try await reader.values(insteadOf: values.withLock(\.self), deadline: deadline) else {
            return false
        }
        values.withLock { $0 = others }
        return true
    }
}
