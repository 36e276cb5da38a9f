import LocalServices
import Timeline

/// A function in a process of this command, which stays warm, and its log.
struct ProcessFunction: InvokedFunction {
    private let function: LocalFunction
    private let log: LogFile
    private let source: TimelineSource?
    private let asking: TimelineSource.Current

    /// Starts the process; `asking` knows meanwhile that what the function asks for is a part of the source.
    init(
        _ configuration: LocalFunction.Configuration, source: TimelineSource?, asking: TimelineSource.Current
    ) async throws {
        (self.source, self.asking) = (source, asking)
        let log = try LogFile(named: configuration.name)
        var configuration = configuration
        configuration.output = log.descriptor
        configuration.reporting?.echo = log.descriptor
        function = try await LocalFunction.start(configuration)
        self.log = log
    }

    func invoke(_ event: [UInt8]) async -> InvocationOutcome {
        await asking.during(source) { await function.invoke(event).outcome }
    }

    func run(_ event: [UInt8], command: String?) async -> FunctionRun {
        let start = log.size
        let source = TimelineSource(source?.name, command: command ?? source?.command)
        let report = await asking.during(source) { await function.invoke(event, command: command) }
        return FunctionRun(
            outcome: report.outcome, milliseconds: report.duration.tenths, isCold: report.initDuration != nil,
            initMilliseconds: report.initDuration?.tenths,
            memoryMB: report.maxMemory.map { ($0 + (1 << 20) - 1) >> 20 }, log: log.lines(from: start))
    }

    func stop() async {
        await function.stop()
    }
}
