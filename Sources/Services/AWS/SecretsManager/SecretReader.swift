package import Calling
package import HTTPClient
package import Settings
import Synchronization

/// The reader of every secret: reads it once, keeps what it holds, and reads it again when that has been refused.
///
/// A refused secret is read at most once in 30 seconds, so that bad credentials do not cause a reading each time.
package final class SecretReader<Contents: Sendable>: Sendable {
    private enum Source: Sendable {
        case given(Contents)
        case secret(id: String, client: SecretsManagerClient, parse: @Sendable (_ text: String) throws -> Contents)
    }

    private let source: Source
    private let isSame: @Sendable (Contents, Contents) -> Bool
    private let flaw: @Sendable (Contents) -> EnvironmentError?
    private let pause: RereadingPause
    private let kept: Mutex<Contents?>

    /// Makes a reader of contents that are given as they are: it reads nothing.
    package init(given contents: Contents) {
        source = .given(contents)
        isSame = { _, _ in true }
        flaw = { _ in nil }
        pause = RereadingPause(timing: CallTiming())
        kept = Mutex(contents)
    }

    /// Makes a reader of a secret.
    ///
    /// - Parameters:
    ///   - isSame: Compares contents; in constant time where they come from a caller.
    ///   - flaw: Returns the reason why contents that were parsed must not be used; `usable` throws it.
    ///   - parse: Makes contents of the secret's text, or throws what is wrong with it.
    package init(
        id: String, client: SecretsManagerClient, timing: CallTiming = CallTiming(),
        isSame: @escaping @Sendable (Contents, Contents) -> Bool,
        flaw: @escaping @Sendable (Contents) -> EnvironmentError? = { _ in nil },
        parse: @escaping @Sendable (_ text: String) throws -> Contents
    ) {
        source = .secret(id: id, client: client, parse: parse)
        self.isSame = isSame
        self.flaw = flaw
        pause = RereadingPause(timing: timing)
        kept = Mutex(nil)
    }

    /// The contents as far as they were read.
    package var current: Contents? { kept.withLock(\.self) }

    /// Returns the contents, read when they have not been read yet: call it once at start.
    ///
    /// Throws the error of `parse`, or the `AWSError` of the call.
    package nonisolated(nonsending) func values(deadline: ContinuousClock.Instant) async throws -> Contents {
        if let current { return current }
        return try await read(deadline: deadline)
    }

    /// Returns other contents than `refused`, if there are any: the secret may have been rotated since it was read.
    ///
    /// Nil also within 30 seconds of the last time that this was tried.
    package nonisolated(nonsending) func values(
        insteadOf refused: Contents, deadline: ContinuousClock.Instant
    ) async throws -> Contents? {
        if case .given = source { return nil }
        if let current, !isSame(current, refused) { return current }
        guard pause.mayRead() else { return nil }
        let contents = try await read(deadline: deadline)
        return isSame(contents, refused) ? nil : contents
    }

    /// Returns the contents, if they are of use; call it at each invocation where they may not be.
    ///
    /// Others are read again, like refused ones. Throws the reason why they are of no use.
    package nonisolated(nonsending) func usable(deadline: ContinuousClock.Instant) async throws -> Contents {
        let contents = try await values(deadline: deadline)
        guard let reason = flaw(contents) else { return contents }
        // The secret's own fault is said, also where reading it again fails.
        guard let others = try? await values(insteadOf: contents, deadline: deadline), flaw(others) == nil else {
            throw reason
        }
        return others
    }

    private nonisolated(nonsending) func read(deadline: ContinuousClock.Instant) async throws -> Contents {
        switch source {
        case .given(let contents): return contents
        case .secret(let id, let client, let parse):
            let contents = try parse(await client.secretString(id: id, deadline: deadline))
            kept.withLock { $0 = contents }
            return contents
        }
    }
}

/// The reader of a secret with values by key.
package typealias KeyedSecretReader = SecretReader<KeyedSecret.Values>

extension KeyedSecretReader {
    /// Makes a reader of a secret, or of the variables that stand in for it.
    package convenience init(_ secret: KeyedSecret, http: CurlClient = CurlClient(), timing: CallTiming = CallTiming())
    {
        guard let source = secret.secret else {
            self.init(given: secret.plain)
            return
        }
        let client = SecretsManagerClient(AWSClient(configuration: source.aws, http: http, timing: timing))
        self.init(
            id: source.id, client: client, timing: timing, isSame: { $0 == $1 },
            flaw: { values in
                let faults = secret.short(in: values)
                return faults.isEmpty ? nil : EnvironmentError(faults: faults)
            },
            parse: { try secret.values(parsing: $0) })
    }
}
