/// The processes of one function, one per concurrent event, like on Lambda. Starts a new process when none is idle.
package actor FunctionPool: Stoppable {
    private let configuration: LocalFunction.Configuration
    private var idle: [LocalFunction] = []
    private var all: [LocalFunction] = []
    private var isStopped = false

    package init(_ configuration: LocalFunction.Configuration) {
        self.configuration = configuration
    }

    /// Passes the event to an idle process, else to a new one; `command` does the same in a terminal, for the timeline.
    package func invoke(_ event: [UInt8], command: String? = nil) async -> InvocationOutcome {
        let function: LocalFunction
        if let waiting = idle.popLast() {
            function = waiting
        } else {
            do {
                function = try await LocalFunction.start(configuration)
            } catch {
                return .runtimeError(
                    type: "Runtime.ExitError",
                    message: "\(configuration.name) cannot start: \(PlainError.reason(of: error))")
            }
            guard !isStopped else {
                await function.stop()
                return .runtimeError(type: "Runtime.ExitError", message: "\(configuration.name) was stopped.")
            }
            all.append(function)
        }
        let outcome = await function.invoke(event, command: command).outcome
        if case .runtimeError(let type, _) = outcome, type != "Function.ResponseSizeTooLarge" {
            all.removeAll { $0 === function }
            await function.stop()
        } else if !isStopped {
            idle.append(function)
        }
        return outcome
    }

    /// Ends every process.
    package func stop() async {
        isStopped = true
        idle = []
        for function in all {
            await function.stop()
        }
        all = []
    }

    /// Runs `body` with a pool and stops it afterwards, however `body` ends.
    package static func withRunning<Result: Sendable>(
        _ configuration: LocalFunction.Configuration, _ body: (FunctionPool) async throws -> Result
    ) async throws -> Result {
        try await stopping(FunctionPool(configuration), after: body)
    }
}
