import AWS
import AlexaEndpoint
import AlexaVerification
import Calling
import HTTPClient
import Idempotency
import LambdaRuntime
import Settings

/// An Alexa skill that reads the CRM's top lead and creates leads: called by Alexa itself, or over HTTP with every
/// request verified.
@main
struct AlexaCRM: RawLambdaFunction {
    let endpoint: SkillEndpoint
    private let http: CurlClient

    init(environment: Environment) async throws {
        let (settings, table, aws) = try environment.read(
            CRMSettings.variable, IdempotencyTable.variable, AWSConfiguration.variable)
        settings.verification.warnIfOff(environment)
        let http = CurlClient()
        let client = AWSClient(configuration: aws, http: http)
        let start = ContinuousClock.now
        let account = CRMAccountStore(settings, SecretsManagerClient(client))
        var reading = SecretReading()
        await reading.read(CRMSettings.secretName) { try await account.prepare(deadline: start + .seconds(2)) }
        try reading.check()
        self.init(
            settings: settings, account: account, table: table, aws: client, http: http,
            verifier: RequestVerifier(http: http), startTime: .now - start)
    }

    /// Creates the function with its dependencies.
    init(
        settings: CRMSettings, account: CRMAccountStore, table: String, aws: AWSClient, http: CurlClient,
        verifier: RequestVerifier, timing: CallTiming = CallTiming(), noticeAfter: Duration = .seconds(2),
        startTime: Duration = .zero
    ) {
        self.http = http
        http.expect(settings.crm)
        let skill = CRMSkill(
            crm: CRMClient(base: settings.crm, http: http, scope: settings.leadScope), account: account,
            once: SendOnce(table: table, aws: aws, timing: timing),
            notice: ProgressNotice(http: http, after: noticeAfter))
        endpoint = SkillEndpoint(
            skill.skill(id: settings.skillID), verifier: settings.verification == .off ? nil : verifier,
            startTime: startTime)
    }

    func warmUp() async { await http.warmUp() }

    /// Handles Alexa's own event, or the HTTP event that carries it.
    func handle(_ event: SkillEvent, context: LambdaContext) async throws -> RawResponse {
        .bytes(try await endpoint.answer(event, context: context))
    }
}
