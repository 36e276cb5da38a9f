import Foundation
import JSON
import LocalServices
import Settings

/// The functions as a person runs them one by one: each in a process that stays warm.
actor ConsoleFunctions {
    private struct Process {
        let function: LocalFunction
        let log: LogFile
    }

    private var processes: [String: Process] = [:]
    private var busy: Set<String> = []
    /// The responses to events, by function and event, for expectations of the same event again.
    private var responses: [String: JSONValue] = [:]

    /// Runs a function on an event, and compares with what is expected of the event of that name.
    func run(
        _ function: Function, _ event: [UInt8], named name: String?, _ services: ConsoleServices
    ) async throws -> JSONValue {
        try function.checkIsBuilt()
        guard busy.insert(function.name).inserted else { throw Refusal("\(function.name) is running already.") }
        defer { busy.remove(function.name) }
        let process = try await process(of: function, services)
        let expected = name.flatMap { try? Self.expectations(of: function)[$0] }
        let before = expected?.after.flatMap { responses["\(function.name)/\($0)"] }
        if let after = expected?.after, before == nil, let url = try? function.event(named: after) {
            let outcome = await process.function.invoke(try Files.read(url, "event file")).outcome
            responses["\(function.name)/\(after)"] = try? JSONValue(parsing: outcome.payload)
        }
        let first = expected?.after.flatMap { responses["\(function.name)/\($0)"] }
        let start = process.log.size
        let report = await process.function.invoke(
            event, command: name.map { ShellCommand.invoke(function.name, eventNamed: $0) })
        let payload = try? JSONValue(parsing: report.outcome.payload)
        // A changed event is another one.
        let key = "\(function.name)/\(String(decoding: event, as: UTF8.self))"
        let own = responses[key]
        let isAsExpected = expected.flatMap {
            Self.isAsExpected(report.outcome, $0, event: event, first: first, before: own)
        }
        if own == nil {
            responses[key] = payload
            if let name { responses["\(function.name)/\(name)"] = payload }
        }
        if case .runtimeError(let type, _) = report.outcome, type != "Function.ResponseSizeTooLarge" {
            processes[function.name] = nil
            await process.function.stop()
        }
        return .members([
            "response": payload ?? .string(String(decoding: report.outcome.payload, as: UTF8.self)),
            "isError": .bool(report.outcome.isError), "isAsExpected": isAsExpected.map(JSONValue.bool),
            "expected": expected.map { $0.first.json(event: event) },
            "milliseconds": Self.milliseconds(report.duration),
            "initMilliseconds": report.initDuration.map(Self.milliseconds),
            "memoryMB": report.maxMemory.map { .number(($0 + (1 << 20) - 1) >> 20) },
            "log": .array(process.log.lines(from: start).map(JSONValue.string)),
        ])
    }

    /// Returns nil for an event that was given before and of which nothing is expected the second time: a function that
    /// keeps keys answers it otherwise.
    private static func isAsExpected(
        _ outcome: InvocationOutcome, _ expected: ExpectedResult, event: [UInt8], first: JSONValue?, before: JSONValue?
    ) -> Bool? {
        if expected.first.matches(outcome, event: event, first: first) { return true }
        guard let before else { return false }
        return expected.second.map { $0.matches(outcome, event: event, first: before) }
    }

    static func expectations(of function: Function) throws -> [String: ExpectedResult] {
        try function.expectationFile.map(ExpectedResult.read) ?? [:]
    }

    private func process(of function: Function, _ services: ConsoleServices) async throws -> Process {
        if let process = processes[function.name] { return process }
        let log = try LogFile(named: function.name)
        var configuration = try services.configuration(of: function)
        configuration.output = log.descriptor
        configuration.reporting?.echo = log.descriptor
        let process = Process(function: try await LocalFunction.start(configuration), log: log)
        processes[function.name] = process
        return process
    }

    private static func milliseconds(_ duration: Duration) -> JSONValue {
        .number("\((duration / .milliseconds(1) * 10).rounded() / 10)")
    }

    /// Ends every process.
    func stop() async {
        for process in processes.values { await process.function.stop() }
        processes = [:]
    }
}
