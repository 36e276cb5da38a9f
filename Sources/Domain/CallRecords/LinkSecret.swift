package import AWS
package import Settings
import Synchronization

/// `RECORDING_LINK_SECRET`, under which links are signed, as it was read last.
package final class LinkSecret: Sendable {
    package static let name = "RECORDING_LINK_SECRET"
    /// The least number of characters.
    package static let minimumLength = 16

    private let reader: KeyedSecretReader
    private let values: Mutex<KeyedSecret.Values>

    /// Reads the secret from Secrets Manager if it is stored there.
    ///
    /// Throws an `EnvironmentError` when the secret lacks the key, or the `AWSError` of the call.
    package init(_ reader: KeyedSecretReader, deadline: ContinuousClock.Instant) async throws {
        self.reader = reader
        values = Mutex(try await reader.values(deadline: deadline))
    }

    /// Takes the secret itself.
    package init(_ text: Redacted<String>) {
        let secret = KeyedSecret([Self.name: text.value])
        reader = KeyedSecretReader(secret)
        values = Mutex([Self.name: text])
    }

    var text: String { values.withLock { $0[Self.name]?.value ?? "" } }

    /// Throws an `EnvironmentError` while the secret is too short: ask before each use.
    ///
    /// It is read again then, at most once in 30 seconds.
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
