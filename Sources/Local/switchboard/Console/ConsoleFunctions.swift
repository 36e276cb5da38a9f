import Foundation
import JSON
import LocalServices
import Settings

/// The functions as a person runs them one by one: each stays warm.
actor ConsoleFunctions {
    /// The most differences that are told.
    private static let limit = 100

    private var started: [String: any InvokedFunction] = [:]
    private var busy: Set<String> = []
    /// The time that each function's last cold start took, in milliseconds.
    private(set) var coldStarts: [String: JSONValue] = [:]
    /// The responses to events, by function and event, for expectations of the same event again.
    private var responses: [String: JSONValue] = [:]
    /// The events that were answered as expected the first time, by function and event.
    private var fulfilled: Set<String> = []

    /// Runs a function on an event, and compares with what is expected of the event of that name.
    func run(
        _ function: Function, _ event: [UInt8], named name: String?, _ services: ConsoleServices
    ) async throws -> JSONValue {
        try services.backEnds.check(function)
        guard busy.insert(function.name).inserted else { throw Refusal("\(function.name) is running already.") }
        defer { busy.remove(function.name) }
        let invoked = try await invoked(function, services)
        let expected = name.flatMap { try? Self.expectations(of: function)[$0] }
        let before = expected?.after.flatMap { responses["\(function.name)/\($0)"] }
        if let after = expected?.after, before == nil, let url = try? function.event(named: after) {
            let outcome = try await invoked.invoke(Files.read(url, "event file"))
            responses["\(function.name)/\(after)"] = try? JSONValue(parsing: outcome.payload)
        }
        let first = expected?.after.flatMap { responses["\(function.name)/\($0)"] }
        // A changed event is not the file's any more.
        let file = try name.flatMap { try? function.event(named: $0) }.map { try Files.read($0, "event file") }
        let command =
            if let name, file == event {
                services.backEnds.command(function, eventNamed: name)
            } else {
                services.backEnds.command(function, event: event)
            }
        let report = try await invoked.run(event, command: command)
        let payload = try? JSONValue(parsing: report.outcome.payload)
        // A changed event is another one.
        let key = "\(function.name)/\(String(decoding: event, as: UTF8.self))"
        let own = responses[key]
        let verdict = expected.flatMap {
            Self.verdict(
                on: report.outcome, $0, event: event, first: first, before: own,
                wasAsExpected: fulfilled.contains(key))
        }
        if let start = report.initMilliseconds { coldStarts[function.name] = .number("\(start)") }
        if own == nil {
            responses[key] = payload
            if verdict?.differences.isEmpty == true { fulfilled.insert(key) }
            if let name { responses["\(function.name)/\(name)"] = payload }
        }
        if case .runtimeError(let type, _) = report.outcome, type != "Function.ResponseSizeTooLarge" {
            started[function.name] = nil
            await invoked.stop()
        }
        return .members([
            "response": payload ?? .string(String(decoding: report.outcome.payload, as: UTF8.self)),
            "isError": .bool(report.outcome.isError), "isAsExpected": verdict.map { .bool($0.differences.isEmpty) },
            "expected": (verdict?.expected ?? expected?.first)?.json(event: event),
            "differences": verdict.map { .array($0.differences.prefix(Self.limit).map(Self.described)) },
            "milliseconds": report.milliseconds.map { .number("\($0)") },
            "isCold": report.isCold.map(JSONValue.bool),
            "initMilliseconds": report.initMilliseconds.map { .number("\($0)") },
            "memoryMB": report.memoryMB.map { .number($0) }, "command": command.map(JSONValue.string),
            "log": .array(report.log.map(JSONValue.string)),
        ])
    }

    /// Returns what was expected, and the differences from it; nil for an event that was answered as expected before, and
    /// of which nothing is expected the second time: a function that keeps keys answers it otherwise.
    private static func verdict(
        on outcome: InvocationOutcome, _ expected: ExpectedResult, event: [UInt8], first: JSONValue?,
        before: JSONValue?, wasAsExpected: Bool
    ) -> (expected: ExpectedResult.Single, differences: [ExpectedResult.Difference])? {
        let differences = expected.first.differences(outcome, event: event, first: first)
        guard !differences.isEmpty, let before else { return (expected.first, differences) }
        guard let second = expected.second else { return wasAsExpected ? nil : (expected.first, differences) }
        return (second, second.differences(outcome, event: event, first: before))
    }

    private static func described(_ difference: ExpectedResult.Difference) -> JSONValue {
        .members([
            "path": .string(difference.path), "expected": difference.expected, "came": difference.came,
        ])
    }

    static func expectations(of function: Function) throws -> [String: ExpectedResult] {
        try function.expectationFile.map(ExpectedResult.read) ?? [:]
    }

    private func invoked(_ function: Function, _ services: ConsoleServices) async throws -> any InvokedFunction {
        if let invoked = started[function.name] { return invoked }
        let invoked = try await services.backEnds.start(function, source: nil, timeout: nil)
        started[function.name] = invoked
        return invoked
    }

    /// Ends every process.
    func stop() async {
        for invoked in started.values { await invoked.stop() }
        started = [:]
    }
}
