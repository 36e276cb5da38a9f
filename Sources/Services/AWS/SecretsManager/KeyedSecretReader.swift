package import Calling
package import HTTPClient
import JSON
import Settings
import Synchronization

/// Reads the values of a `KeyedSecret` once, keeps them, and reads them anew when they have been refused.
package final class KeyedSecretReader: Sendable {
    private let source: KeyedSecret
    private let client: SecretsManagerClient?
    private let pause: RereadingPause
    private let known: Mutex<KeyedSecret.Values?>

    package init(_ source: KeyedSecret, http: CurlClient = CurlClient(), timing: CallTiming = CallTiming()) {
        self.source = source
        pause = RereadingPause(timing: timing)
        client = source.secret.map {
            SecretsManagerClient(AWSClient(configuration: $0.aws, http: http, timing: timing))
        }
        known = Mutex(source.secret == nil ? source.plain : nil)
    }

    /// The values, read when they have not been read yet: call it once at start.
    ///
    /// Throws an `EnvironmentError` that names the keys that the secret lacks, or the `AWSError` of the call.
    package nonisolated(nonsending) func values(deadline: ContinuousClock.Instant) async throws -> KeyedSecret.Values {
        if let values = known.withLock(\.self) { return values }
        return try await read(deadline: deadline)
    }

    /// Other values than `refused`, if there are any: the secret may have been rotated since it was read.
    ///
    /// Nil also within 30 seconds of the last time that this was tried.
    package nonisolated(nonsending) func values(
        insteadOf refused: KeyedSecret.Values, deadline: ContinuousClock.Instant
    ) async throws -> KeyedSecret.Values? {
        guard client != nil, let known = known.withLock(\.self) else { return nil }
        guard known == refused else { return known }
        guard pause.mayRead() else { return nil }
        let values = try await read(deadline: deadline)
        return values == refused ? nil : values
    }

    private nonisolated(nonsending) func read(deadline: ContinuousClock.Instant) async throws -> KeyedSecret.Values {
        guard let client, let id = source.secret?.id else { return source.plain }
        let text = try await client.secretString(id: id, deadline: deadline)
        guard let object = (try? JSONValue(parsing: Array(text.utf8)))?.object else {
            throw EnvironmentError(faults: ["The secret of \(source.variable) must be a JSON object."])
        }
        var values = source.plain
        for key in source.keys {
            // A value that is JSON itself may stand there as it is, or as its text.
            let value = object[key.name]
            let text = value?.object == nil ? value?.string : value?.text
            if let text, !text.isEmpty { values[key.name] = Redacted(text) }
        }
        let faults = source.faults(of: values)
        guard faults.isEmpty else { throw EnvironmentError(faults: faults) }
        known.withLock { $0 = values }
        return values
    }
}
