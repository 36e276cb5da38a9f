import JSON
import LocalServices
import Timeline

/// A function of a stack, invoked by Lambda's API.
struct DeployedFunction: InvokedFunction {
    let deployment: LocalDeployment
    /// The project's name of it.
    let name: String
    let source: TimelineSource?

    func invoke(_ event: [UInt8]) async throws -> InvocationOutcome {
        try await deployment.invoke(name, event, source: source).outcome
    }

    /// Invokes it, and reads its log in CloudWatch Logs.
    func run(_ event: [UInt8], command: String?) async throws -> FunctionRun {
        let (outcome, told) = try await deployment.invoke(name, event, source: source, command: command)
        let detail = told?.detail
        var log: [String]?
        if let id = detail?["requestId"]?.string { log = try await deployment.log(of: id, function: name) }
        return FunctionRun(
            outcome: outcome, milliseconds: told?.milliseconds, isCold: detail?["cold"]?.bool,
            initMilliseconds: detail?["initMilliseconds"]?.scalarText.flatMap(Double.init),
            memoryMB: detail?["memoryMB"]?.int,
            log: log ?? ["CloudWatch Logs has nothing of this invocation: the function's role may not write there."])
    }

    func stop() async {}
}
