import AWS
package import Calling
package import HTTPClient

/// Calls Salesforce's REST API: signs in when needed, follows pages, retries what is safe, reads the errors.
///
/// No connection is opened and no secret read before the first call. Keep one client for the life of the process: it
/// caches the tokens.
package final class SalesforceClient: Sendable {
    package let configuration: SalesforceConfiguration
    let transport: SalesforceTransport
    let tokens = TokenCache()
    let passwords = PasswordGuard()
    /// Sign-ins, one at a time for each user.
    let turns = Turns()
    let signIn: SignIn
    let secrets: SecretReader<SalesforceSecrets>

    package init(
        configuration: SalesforceConfiguration, http: CurlClient = CurlClient(), timing: CallTiming = CallTiming()
    ) {
        self.configuration = configuration
        transport = SalesforceTransport(http: http, timing: timing)
        http.expect(configuration.login)
        if let instance = configuration.instance { http.expect(instance) }
        secrets = configuration.secretReader(http: http, timing: timing)
        signIn = SignIn(configuration: configuration, transport: transport, secrets: secrets)
    }

    /// Reads the secret of `SALESFORCE_SECRET_ARN`, if there is one: call it once at start.
    ///
    /// Throws an `EnvironmentError` that names the keys that the secret lacks, or the `AWSError` of the call.
    package nonisolated(nonsending) func readSecret(deadline: ContinuousClock.Instant) async throws {
        _ = try await secrets.values(deadline: deadline)
    }

    /// Signs in unless there is a session already: a limit of time that begins after it is the calls' alone.
    package nonisolated(nonsending) func signIn(for call: SalesforceCall) async throws(SalesforceError) {
        _ = try await session(for: call.identity, deadline: call.deadline)
    }

    /// Opens the connections of the first calls: `CurlClient.warmUp`.
    package func warmUp() async { await transport.http.warmUp() }

    /// True when users' names and passwords can be exchanged for tokens, which takes the client's secret.
    package var exchangesPasswords: Bool { secrets.current?.clientSecret != nil }

    /// True when there is a user of the service's own to sign in as; the client credentials grant finds it by itself.
    package var hasUser: Bool { configuration.grant == .clientCredentials || secrets.current?.username != nil }

    /// Signs in as the service's own user, to check that it works; the session is not kept.
    package nonisolated(nonsending) func checkSignIn(deadline: ContinuousClock.Instant) async throws(SalesforceError) {
        _ = try await signIn.session(for: .service, deadline: deadline)
    }
}
