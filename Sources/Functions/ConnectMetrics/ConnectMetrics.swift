import AWS
import Calling
import HTTPClient
import LambdaRuntime
import Logging
import Salesforce
import Settings

/// Writes Amazon Connect's queues and agents to Salesforce: as they are, what has changed; and as they were, by intervals.
///
/// Schedules invoke it, each with its task. No run is repeated: the next one makes up for it.
@main
struct ConnectMetrics: LambdaFunction {
    private let realtime: RealtimeRun
    private let historical: HistoricalRun
    private let prune: PruneRun
    private let crm: SalesforceClient

    init(environment: Environment) async throws {
        let (settings, salesforce, aws) = try environment.read(
            MetricsSettings.variable, SalesforceConfiguration.variable, AWSConfiguration.variable)
        let http = CurlClient()
        let crm = SalesforceClient(configuration: salesforce, http: http)
        let deadline = ContinuousClock.now + .seconds(8)
        var reading = SecretReading()
        await reading.read(SalesforceConfiguration.secretName) { try await crm.readSecret(deadline: deadline) }
        try reading.check()
        self.init(settings: settings, crm: crm, aws: AWSClient(configuration: aws, http: http))
    }

    /// Creates the function with its dependencies.
    init(settings: MetricsSettings, crm: SalesforceClient, aws: AWSClient, timing: CallTiming = CallTiming()) {
        let connect = ConnectClient(aws, instance: settings.instance)
        let roster = Roster(connect, queues: settings.queues, timing: timing)
        let table = StateTable(aws, table: settings.table, of: settings.instance)
        realtime = RealtimeRun(connect: connect, roster: roster, table: table, crm: crm, timing: timing)
        historical = HistoricalRun(
            settings: settings, connect: connect, roster: roster, table: table, crm: crm, timing: timing)
        prune = PruneRun(settings: settings, crm: crm, timing: timing)
        self.crm = crm
    }

    func warmUp() async { await crm.warmUp() }

    /// Runs the event's task.
    func handle(_ event: MetricsEvent, context: LambdaContext) async throws -> MetricsOutput {
        var output = MetricsOutput(event.task)
        switch event.task {
        case .realtime: try await realtime.run(&output, context)
        case .historical: try await historical.run(&output, context)
        case .prune: try await prune.run(&output, context)
        }
        context.logger.info(
            "Contact metrics written",
            metadata: [
                "metric": "MetricsRun", "task": .string(output.task), "rows": .stringConvertible(output.rows),
                "written": .stringConvertible(output.written),
            ])
        return output
    }
}
