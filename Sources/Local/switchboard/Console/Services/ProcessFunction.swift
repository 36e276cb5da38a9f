import LocalServices

/// A function in a process of this command, which stays warm, and its log.
struct ProcessFunction: InvokedFunction {
    private let function: LocalFunction
    private let log: LogFile

    /// Starts the process.
    init(_ configuration: LocalFunction.Configuration) async throws {
        let log = try LogFile(named: configuration.name)
        var configuration = configuration
        configuration.output = log.descriptor
        configuration.reporting?.echo = log.descriptor
        function = try await LocalFunction.start(configuration)
        self.log = log
    }

    func invoke(_ event: [UInt8]) async -> InvocationOutcome {
        await function.invoke(event).outcome
    }

    func run(_ event: [UInt8], command: String?) async -> FunctionRun {
        let start = log.size
        let report = await function.invoke(event, command: command)
        return FunctionRun(
            outcome: report.outcome, milliseconds: report.duration.tenths, isCold: report.initDuration != nil,
            initMilliseconds: report.initDuration?.tenths,
            memoryMB: report.maxMemory.map { ($0 + (1 << 20) - 1) >> 20 }, log: log.lines(from: start))
    }

    func stop() async {
        await function.stop()
    }
}
