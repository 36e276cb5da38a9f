import LambdaRuntime
import Logging
import Settings

/// A job that an EventBridge schedule starts with `{"task":"report"}`.
struct NightlyReport: LambdaFunction {
    struct Event: Decodable { let task: String }
    struct Output: Encodable { let status: String }

    init(environment: Environment) throws {}

    func handle(_ event: Event, context: LambdaContext) async throws -> Output {
        guard event.task == "report" else { throw FunctionError(.invalidRequest, "The task must be report.") }
        context.logger.info("The report is written", metadata: ["metric": "ReportsWritten"])
        return Output(status: "done")
    }
}
