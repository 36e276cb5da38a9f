import Calling
import Encoding
import Settings

extension SalesforceClient {
    /// Returns the cached session of an identity, or a new one.
    nonisolated(nonsending) func session(
        for identity: SalesforceCall.Identity, deadline: ContinuousClock.Instant
    ) async throws(SalesforceError) -> SalesforceSession {
        guard let digest = identity.digest(tokens) else {
            guard case .bearer(let token) = identity, let instance = configuration.instance,
                SignIn.isToken(token.value)
            else { throw SalesforceError(.credentialsRefused, .notSent, action: "call") }
            return SalesforceSession(token: token, instance: instance)
        }
        if let session = tokens.session(for: digest, now: transport.timing.moment) { return session }
        do throws(SalesforceError) {
            guard case .user(let name, let password) = identity else {
                // Of several calls at once one signs in, for all.
                await turns.take(digest)
                defer { turns.giveBack(digest) }
                if let session = tokens.session(for: digest, now: transport.timing.moment) { return session }
                return try await newSession(for: identity, digest, deadline)
            }
            let attempt = attempt(name.value, password.value)
            await turns.take(attempt.user)
            defer { turns.giveBack(attempt.user) }
            return try await guardedSession(for: identity, attempt, digest, deadline)
        } catch {
            // Whatever came of the sign-in, the call itself was not sent, and is not to blame.
            var error = error
            error.outcome = .notSent
            if error.kind == .tooLarge { error.kind = .unreadable }
            if error.kind == .invalid { error.kind = .unavailable }
            throw error
        }
    }

    private nonisolated(nonsending) func newSession(
        for identity: SalesforceCall.Identity, _ digest: [UInt8], _ deadline: ContinuousClock.Instant
    ) async throws(SalesforceError) -> SalesforceSession {
        let session = try await signIn.session(for: identity, deadline: deadline)
        tokens.keep(session, for: digest, now: transport.timing.moment)
        return session
    }

    /// Returns the session of a user by name and password, as far as `PasswordGuard` lets it be asked for.
    private nonisolated(nonsending) func guardedSession(
        for identity: SalesforceCall.Identity, _ attempt: PasswordGuard.Attempt, _ digest: [UInt8],
        _ deadline: ContinuousClock.Instant
    ) async throws(SalesforceError) -> SalesforceSession {
        let action = SignIn.action
        // Another request may have signed in while this one waited for its turn.
        if let session = tokens.session(for: digest, now: transport.timing.moment) { return session }
        switch passwords.verdict(on: attempt, now: transport.timing.moment) {
        case .ask: break
        case .refuse:
            var error = SalesforceError(.credentialsRefused, .notSent, action: action)
            error.code = Self.refusal
            throw error
        case .wait(let pause):
            var error = SalesforceError(.heldBack, .notSent, action: action)
            error.retryAfter = pause
            throw error
        }
        do throws(SalesforceError) {
            let session = try await newSession(for: identity, digest, deadline)
            passwords.note(.accepted, of: attempt, now: transport.timing.moment)
            return session
        } catch {
            let isRefusal = error.kind == .credentialsRefused && error.code.lowercased() == Self.refusal
            passwords.note(isRefusal ? .refused : .undecided, of: attempt, now: transport.timing.moment)
            throw error
        }
    }

    /// The one code that says that the password is wrong; others are about the user, the org or the app.
    private static let refusal = "invalid_grant"

    /// User names are compared without case, as Salesforce does, and without the spaces around them.
    private func attempt(_ name: String, _ password: String) -> PasswordGuard.Attempt {
        let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace || scalar.value < 0x20 }
        var scalars = name.lowercased().unicodeScalars[...].drop(while: isSpace)
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        let user = String(String.UnicodeScalarView(scalars))
        return PasswordGuard.Attempt(
            user: tokens.digest(of: [user]), password: tokens.digest(of: [user, password]))
    }
}

extension SalesforceCall.Identity {
    /// The key that its session is kept under; nil for a token that the caller brings each time.
    func digest(_ tokens: TokenCache) -> [UInt8]? {
        switch self {
        case .service: tokens.digest(of: [])
        case .onBehalf(let name, _): tokens.digest(of: [name.value])
        case .user(let name, let password): tokens.digest(of: [name.value, password.value])
        case .bearer: nil
        }
    }
}
