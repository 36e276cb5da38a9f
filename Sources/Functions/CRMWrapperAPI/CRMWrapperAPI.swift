import AWS
import HTTPClient
import HTTPEvents
import JSON
import LambdaRuntime
import Logging
import Salesforce
import Settings

/// An HTTP API that queries the CRM and creates records in it, with the rights of the user whose credentials are sent,
/// or, for a service caller's token, with those of the service's own sign-in.
///
/// `GET /getall?q=<SELECT>`, `POST /getall`, `POST /createRecord[/<object>]`, `GET /health`.
@main
struct CRMWrapperAPI: LambdaFunction {
    private enum Route {
        case health
        case query
        case create
    }

    private let settings: WrapperSettings
    let crm: SalesforceClient
    let callers: ServiceCallers
    private let router: Router<Route>

    init(environment: Environment) async throws {
        let use: SalesforceConfiguration.Use = ServiceCallers.areGiven(in: environment) ? .serviceCallers : .callers
        let (settings, salesforce, callers, _) = try environment.read(
            WrapperSettings.variable, SalesforceConfiguration.variable(for: use), ServiceCallers.variable,
            ServiceCallers.users)
        self.init(settings: settings, crm: SalesforceClient(configuration: salesforce), callers: callers)
        try await readSecrets(deadline: .now + .seconds(8))
    }

    /// Creates the function with its dependencies.
    init(settings: WrapperSettings, crm: SalesforceClient, callers: ServiceCallers = ServiceCallers()) {
        self.settings = settings
        self.crm = crm
        self.callers = callers
        var router = Router<Route>()
        router.on("GET", "/health", .health)
        router.on("GET", "/getall", .query)
        router.on("POST", "/getall", .query)
        router.on("POST", "/createrecord", ignoresCase: true, .create)
        router.on("POST", "/createrecord/{object}", ignoresCase: true, .create)
        self.router = router
    }

    func warmUp() async { await crm.warmUp() }

    /// Reads both secrets, and reports every fault of theirs in one message.
    private func readSecrets(deadline: ContinuousClock.Instant) async throws {
        var reading = SecretReading()
        await reading.read(SalesforceConfiguration.secretName) { try await crm.readSecret(deadline: deadline) }
        await reading.read(ServiceCallers.secretVariable) { try await callers.prepare(deadline: deadline) }
        if !crm.hasUser { reading.add(ServiceCaller.faults(ofUsersMissingIn: callers.all)) }
        try reading.check()
    }

    /// Responds to every request, whatever is wrong with it; fails only for an event that is not an HTTP request.
    func handle(_ event: HTTPEvent, context: LambdaContext) async throws -> HTTPEventResponse.Encoded {
        let answer: HTTPEventResponse
        do throws(WrapperError) {
            answer = try await self.answer(to: event, context)
        } catch {
            answer = error.answer
        }
        return answer.encoded(for: event)
    }

    private func answer(to event: HTTPEvent, _ context: LambdaContext) async throws(WrapperError) -> HTTPEventResponse {
        // Before anything else, since the credentials are checked by the CRM: a body over the limit is not even decoded.
        guard event.content.count <= RequestBody.largest else { throw .requestTooLarge }
        switch router.route(event) {
        case .notFound: throw .notFound
        case .methodNotAllowed(let allow): throw .methodNotAllowed(allow)
        case .malformedBody: throw .invalid("The event says that the body is base64, but it is not.")
        case .found(.health, _): return .json(Array(#"{"data":{"status":"ok"}}"#.utf8))
        case .found(.query, _):
            return try await asking(event, context) { call throws(WrapperError) in
                let soql = try QueryRequest(event).soql
                return try await run(call) { () async throws(SalesforceError) in
                    try await data(crm.query(soql, limit: settings.maximumRecords, call).json, status: 200)
                }
            }
        case .found(.create, let parameters):
            return try await asking(event, context) { call throws(WrapperError) in
                let request = try CreateRequest(event, object: parameters["object"], allowed: settings.allowedObjects)
                var call = call
                call.version = request.version
                let values = event.headers.values(of: RecordAssignment.headerName)
                call.assignment = values.count == 1 ? RecordAssignment(values[0]) : nil
                return try await run(call) { () async throws(SalesforceError) in
                    try await data(Array(crm.create(request.object, json: request.fields, call).bytes), status: 201)
                }
            }
        }
    }

    private func run(
        _ call: SalesforceCall, _ work: () async throws(SalesforceError) -> HTTPEventResponse
    ) async throws(WrapperError) -> HTTPEventResponse {
        let answer: HTTPEventResponse
        do throws(SalesforceError) {
            answer = try await work()
        } catch {
            let answer = WrapperError(error)
            if answer.status >= 500 || error.kind == .heldBack { call.logger?.warning("\(error)") }
            throw answer
        }
        guard ResponseSize.fits(answer.body) else { throw .answerTooLarge }
        return answer
    }

    private func data(_ json: [UInt8], status: Int) -> HTTPEventResponse {
        .json(Array(#"{"data":"#.utf8) + json + [UInt8(ascii: "}")], status: status)
    }
}
