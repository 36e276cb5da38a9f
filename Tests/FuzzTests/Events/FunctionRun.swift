import Foundation
import LocalServices

/// A run of one function's bootstrap over many events, with a Runtime API and back ends of this process.
final class FunctionRun {
    /// What a run came to.
    struct Report: Sendable {
        var events = 0
        var failures = 0
        var seconds = 0.0
        /// The resident memory that is not a file's, in KB, early and at the end.
        var memory: (early: Int, late: Int) = (0, 0)
        /// How often each fault was found.
        var faults: [String: Int] = [:]
    }

    /// The time that an invocation has, and what may pass until a process counts as hanging.
    private static let milliseconds = 3000
    private static let patience: Int32 = 5000
    /// The most inputs that are written for one kind of fault.
    private static let written = 3

    private let function: FuzzedFunction
    private let source: EventSource
    private let judge: EventJudge
    private let found: URL
    private let backEnd: BackEnd
    private let socket: RuntimeSocket
    private var process: BootstrapProcess?
    private var report = Report()

    init(_ function: FuzzedFunction, seed: UInt64, found: URL) throws {
        self.function = function
        self.found = found
        source = try EventSource(function: function.name, seed: seed)
        judge = EventJudge(function: function)
        backEnd = try BackEnd(function: function.name)
        socket = try RuntimeSocket()
    }

    /// Gives the function its events of these numbers.
    func run(_ numbers: Range<Int>) throws -> Report {
        try run(numbers, source.event)
    }

    /// Gives the function one event in a new process; returns what is wrong with the outcome.
    func fault(of event: [UInt8]) throws -> String? {
        try run(0..<1) { _ in event }.faults.keys.first
    }

    private func run(_ numbers: Range<Int>, _ event: (Int) -> [UInt8]) throws -> Report {
        let start = ContinuousClock.now
        for number in numbers {
            let event = event(number)
            if let fault = try invoke(event, number) { try note(fault, event, number) }
            report.events += 1
            if report.events == max(1, numbers.count / 10) { report.memory.early = process?.memory ?? 0 }
        }
        report.memory.late = process?.memory ?? 0
        report.seconds = (ContinuousClock.now - start) / .seconds(1)
        process = nil
        return report
    }

    private func invoke(_ event: [UInt8], _ number: Int) throws -> String? {
        if process == nil {
            process = try BootstrapProcess(
                function.name, environment: function.environment(runtime: socket.port, backEnd: backEnd.port))
            try socket.accept(milliseconds: Self.patience)
        }
        do throws(RuntimeSocket.Silence) {
            let next = try socket.read(milliseconds: Self.patience)
            guard next.method == "GET" else { throw .closed }
            backEnd.begin(source.generator(of: number), isReset: number % 1000 == 0)
            let deadline = Int(Date.now.timeIntervalSince1970 * 1000) + Self.milliseconds
            socket.write(
                "200 OK",
                "Lambda-Runtime-Aws-Request-Id: event-\(number)\r\nLambda-Runtime-Deadline-Ms: \(deadline)\r\n"
                    + "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-central-1:1:function:\(function.name)\r\n",
                event)
            let outcome = try socket.read(milliseconds: Self.patience)
            socket.write("202 Accepted")
            let isError = outcome.path.hasSuffix("/error")
            if isError { report.failures += 1 }
            return judge.fault(
                in: isError ? .error(outcome.body) : .response(outcome.body), of: event, log: process?.newLog() ?? "")
        } catch {
            let log = process?.newLog().suffix(2000) ?? ""
            let ending = error == .timedOut ? "it hangs" : process?.ending() ?? ""
            process = nil
            socket.hangUp()
            return "\(ending)\n\(log)"
        }
    }

    /// Counts a fault, and writes its first events with the sentence and the way to repeat them.
    private func note(_ fault: String, _ event: [UInt8], _ number: Int) throws {
        let kind = String(fault.prefix { $0 != "\n" }.filter { !$0.isNumber }.prefix(160))
        report.faults[kind, default: 0] += 1
        guard report.faults[kind, default: 0] <= Self.written else { return }
        try FileManager.default.createDirectory(at: found, withIntermediateDirectories: true)
        let file = found.appending(path: "\(function.name)-\(number).json")
        try Data(event).write(to: file)
        try Data("\(fault)\n".utf8).write(to: file.appendingPathExtension("txt"))
        print("\(function.name): \(fault.prefix(400))\n  the event: \(file.path)")
    }
}
