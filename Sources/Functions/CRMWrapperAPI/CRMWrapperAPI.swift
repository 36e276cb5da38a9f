import FoundationEssentials
import HTTPClient
import HTTPEvents
import LambdaRuntime
import Logging
import Salesforce

/// Queries the CRM and creates records in it, over HTTP, with the rights of the user whose credentials come along.
///
/// `GET /getall?q=<SELECT>`, `POST /createRecord[/<object>]`, `GET /health`.
@main
struct CRMWrapperAPI: LambdaFunction {
    private enum Route {
        case health
        case query
        case create
    }

    /// API Gateway gives up after 29 or 30 seconds, whatever time the function has.
    private static let longestCall = Duration.seconds(27)

    private let settings: WrapperSettings
    private let crm: SalesforceClient
    private let router: Router<Route>

    init(environment: Environment) async throws {
        let (settings, salesforce) = try environment.read(
            WrapperSettings.variable, SalesforceConfiguration.variable(for: .callers))
        self.init(settings: settings, crm: SalesforceClient(configuration: salesforce))
        try await crm.readSecret(deadline: .now + .seconds(8))
    }

    /// Takes its dependencies ready made.
    init(settings: WrapperSettings, crm: SalesforceClient) {
        self.settings = settings
        self.crm = crm
        var router = Router<Route>()
        router.on("GET", "/health", .health)
        router.on("GET", "/getall", .query)
        router.on("POST", "/createrecord", ignoresCase: true, .create)
        router.on("POST", "/createrecord/{object}", ignoresCase: true, .create)
        self.router = router
    }

    /// Answers every request, whatever is wrong with it; only an event that is no HTTP request fails.
    func handle(_ event: HTTPEvent, context: LambdaContext) async throws -> HTTPAnswer.Encoded {
        let answer: HTTPAnswer
        do throws(WrapperError) {
            answer = try await self.answer(to: event, context)
        } catch {
            answer = error.answer
        }
        return answer.encoded(for: event)
    }

    private func answer(to event: HTTPEvent, _ context: LambdaContext) async throws(WrapperError) -> HTTPAnswer {
        switch router.route(event) {
        case .notFound: throw .notFound
        case .methodNotAllowed(let allow): throw .methodNotAllowed(allow)
        case .malformedBody: throw .invalid("The body is not base64, though the event says so.")
        case .found(.health, _): return .json(Array(#"{"data":{"status":"ok"}}"#.utf8))
        case .found(.query, _):
            let call = try call(event, context)
            let soql = try QueryRequest(event).soql
            return try await run(context) { () async throws(SalesforceError) in
                try await data(crm.query(soql, limit: settings.maximumRecords, call).json, status: 200)
            }
        case .found(.create, let parameters):
            var call = try call(event, context)
            let request = try CreateRequest(event, object: parameters["object"], allowed: settings.allowedObjects)
            call.version = request.version
            return try await run(context) { () async throws(SalesforceError) in
                try await data(Array(crm.create(request.object, json: request.fields, call).bytes), status: 201)
            }
        }
    }

    private func call(_ event: HTTPEvent, _ context: LambdaContext) throws(WrapperError) -> SalesforceCall {
        let takesTokens = crm.configuration.instance != nil
        guard let identity = CallerCredentials.identity(in: event.headers, takesTokens: takesTokens) else {
            throw .unauthorized("Send the CRM user's name and password as Basic credentials.")
        }
        return SalesforceCall(
            as: identity, deadline: min(context.callDeadline, .now + Self.longestCall), logger: context.logger)
    }

    private func run(
        _ context: LambdaContext, _ call: () async throws(SalesforceError) -> HTTPAnswer
    ) async throws(WrapperError) -> HTTPAnswer {
        let answer: HTTPAnswer
        do throws(SalesforceError) {
            answer = try await call()
        } catch {
            let answer = WrapperError(error)
            if answer.status >= 500 { context.logger.warning("\(error)") }
            throw answer
        }
        guard AnswerSize.fits(answer.body) else { throw .answerTooLarge }
        return answer
    }

    private func data(_ json: [UInt8], status: Int) -> HTTPAnswer {
        .json(Array(#"{"data":"#.utf8) + json + [UInt8(ascii: "}")], status: status)
    }
}
