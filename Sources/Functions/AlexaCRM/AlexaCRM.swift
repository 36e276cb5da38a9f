import AWS
import Alexa
import AlexaVerification
import HTTPClient
import HTTPEvents
import LambdaRuntime
import Logging
import Messaging

/// An Alexa skill that reads the CRM's top lead and creates leads: called by Alexa itself, or over HTTP with every
/// request verified.
@main
struct AlexaCRM: RawLambdaFunction {
    /// How long an answer may take: Alexa gives up after eight seconds, and an answer comes within seven.
    private static let patience = Duration.milliseconds(6500)

    private let skill: Skill
    private let verifier: RequestVerifier?

    init(environment: Environment) async throws {
        let (settings, table, aws) = try environment.read(
            CRMSettings.variable, IdempotencyTable.variable, AWSConfiguration.variable)
        if settings.verification == .off {
            Logger(label: "switchboard") { _ in LambdaLogHandler(configuration: LogConfiguration(environment)) }
                .warning(
                    "\(VerificationSetting.warning)")
        }
        let http = CurlClient()
        let client = AWSClient(configuration: aws, http: http)
        let account = try await settings.account(SecretsManagerClient(client))
        self.init(
            settings: settings, account: account, table: table, aws: client, http: http,
            verifier: RequestVerifier(http: http))
    }

    /// Takes its dependencies ready made.
    init(
        settings: CRMSettings, account: CRMAccount?, table: String, aws: AWSClient, http: CurlClient,
        verifier: RequestVerifier, timing: SendTiming = SendTiming(), noticeAfter: Duration = .seconds(2)
    ) {
        self.verifier = settings.verification == .off ? nil : verifier
        skill = CRMSkill(
            crm: CRMClient(base: settings.crm, http: http), account: account,
            once: SendOnce(table: IdempotencyTable(name: table, client: DynamoDBClient(aws)), timing: timing),
            notice: ProgressNotice(http: http, after: noticeAfter)
        ).skill(id: settings.skillID)
    }

    /// Answers Alexa's own event, or the HTTP event that carries it.
    func handle(_ event: [UInt8], context: LambdaContext) async throws -> RawResponse {
        .bytes(try await bytes(for: event, context: context))
    }

    /// The answer's bytes.
    func bytes(for event: [UInt8], context: LambdaContext) async throws -> [UInt8] {
        var context = context
        context.deadline = min(context.deadline, .now + Self.patience)
        let json = try JSONValue(parsing: event)
        guard json["httpMethod"] != nil || json["requestContext"] != nil else {
            return try await skill.respond(to: RequestEnvelope(json), context: context).json.bytes
        }
        let request = try JSONText.decode(HTTPEvent.self, from: event)
        return try await answer(request, context).encodedBytes(for: request)
    }

    private func answer(_ request: HTTPEvent, _ context: LambdaContext) async throws -> HTTPAnswer {
        guard request.method == "POST" else {
            return .text("Alexa sends POST.", status: 405, headers: ["Allow": "POST"])
        }
        guard !request.isBodyMalformed, let json = try? JSONValue(parsing: request.body) else {
            return .text("The body is not JSON.", status: 400)
        }
        do {
            try await verifier?.verify(
                request.headers, body: request.body, timestamp: json["request"]?["timestamp"]?.string,
                requestType: json["request"]?["type"]?.string ?? "", deadline: context.callDeadline)
        } catch {
            context.logger.warning("A request was refused: \(error.description)")
            return .text("The request is not verified.", status: 400)
        }
        guard let envelope = try? RequestEnvelope(json) else {
            return .text("The body is not an Alexa request.", status: 400)
        }
        do {
            return .json(try await skill.respond(to: envelope, context: context).json.bytes)
        } catch let error as FunctionError where error.code == .skillIDMismatch {
            context.logger.warning("\(error.description)")
            return .text("The request is for another skill.", status: 400)
        }
    }
}
