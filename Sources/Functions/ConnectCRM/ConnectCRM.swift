import AWS
import AmazonConnect
import Calling
import Customers
import HTTPClient
import Idempotency
import LambdaRuntime
import Salesforce
import Settings

/// Tells a contact flow who is calling, from Salesforce, and creates cases and tasks for it, once.
@main
struct ConnectCRM: LambdaFunction {
    private let lookup: Lookup
    private let creation: Creation
    private let crm: SalesforceClient
    private let timing: CallTiming

    init(environment: Environment) async throws {
        let (settings, table, salesforce, aws) = try environment.read(
            ConnectCRMSettings.variable, IdempotencyTable.variable, SalesforceConfiguration.variable,
            AWSConfiguration.variable)
        let http = CurlClient()
        let crm = SalesforceClient(configuration: salesforce, http: http)
        let deadline = ContinuousClock.now + .seconds(8)
        var reading = SecretReading()
        await reading.read(SalesforceConfiguration.secretName) { try await crm.readSecret(deadline: deadline) }
        try reading.check()
        self.init(
            settings: settings, crm: crm, table: table, aws: AWSClient(configuration: aws, http: http))
    }

    /// Creates the function with its dependencies.
    init(
        settings: ConnectCRMSettings, crm: SalesforceClient, table: String, aws: AWSClient,
        timing: CallTiming = CallTiming()
    ) {
        let search = CustomerSearch(fields: settings.fields, searches: settings.searches, crm: crm, timing: timing)
        lookup = Lookup(settings: settings, search: search)
        creation = Creation(
            settings: settings, search: search, crm: crm, once: SendOnce(table: table, aws: aws, timing: timing),
            timing: timing)
        self.crm = crm
        self.timing = timing
    }

    /// Opens Salesforce's connection alone: look-ups, which are nearly all that flows ask for, never touch the table.
    func warmUp() async { await crm.warmUp() }

    /// Returns what the event's operation asks for.
    ///
    /// A look-up fails for bad input alone: trouble with Salesforce is the status `unavailable`, which a flow branches on.
    func handle(_ event: ContactFlowEvent, context: LambdaContext) async throws -> CRMOutput {
        let start = timing.instant()
        let request = try CRMRequest(event)
        switch request.operation {
        case .lookup: return await lookup.output(for: request, from: start, context)
        case .createCase: return try await creation.output(for: CaseRequest(request), of: request, from: start, context)
        case .createTask: return try await creation.output(for: TaskRequest(request), of: request, from: start, context)
        }
    }
}
