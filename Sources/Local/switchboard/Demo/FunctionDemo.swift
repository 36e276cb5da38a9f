import Foundation
import JSON
import LocalServices
import Settings

/// A run of one function on all its events, in one warm process as long as that lives.
struct FunctionDemo {
    private struct Case {
        let name: String
        let event: [UInt8]
        let expected: ExpectedResult
    }

    private let function: Function
    private let variables: [String: String]
    private let cases: [Case]

    var name: String { function.name }
    /// The number of its events.
    var count: Int { cases.count }
    /// The width of the longest of its events' names, within reason.
    var eventWidth: Int { min(30, cases.map(\.name.count).max() ?? 0) }

    /// The function and the variables that the back ends are seeded for.
    var needs: (function: Function, variables: [String: String]) { (function, variables) }

    /// Reads the events, their expectations and their variables; an event without an expectation is an error.
    init(_ function: Function, in project: Project) throws {
        try function.checkIsBuilt()
        self.function = function
        variables = try project.variables(of: function) ?? [:]
        let folder = "events/\(function.name)"
        let expected = try function.expectationFile.map(ExpectedResult.read) ?? [:]
        cases = try function.events.map { url in
            let name = url.deletingPathExtension().lastPathComponent
            guard let result = expected[name] else {
                throw Refusal(
                    "\(folder)/\(name).json has no expectation: say in \(folder)/expected.json what it brings.")
            }
            return Case(name: name, event: try Files.read(url, "event file"), expected: result)
        }
        let named = Set(expected.keys).union(expected.values.compactMap(\.after))
        if let stray = named.subtracting(cases.map(\.name)).min() {
            throw Refusal("\(folder)/expected.json expects something of \(stray), but there is no such event.")
        }
    }

    /// Runs every event, and hands over the result of each as soon as it is there.
    func run(_ backEnds: BackEnds, _ take: (DemoResult) async throws -> Void) async throws {
        await backEnds.renewUsers()
        let log = try LogFile(named: function.name)
        var configuration = LocalFunction.Configuration(
            name: function.name, bootstrap: function.bootstrap.path, environment: backEnds.environment(variables))
        configuration.output = log.descriptor
        configuration.reporting = backEnds.reporting()
        configuration.reporting?.echo = log.descriptor
        var cases = cases[...]
        while !cases.isEmpty {
            try await LocalFunction.withRunning(configuration) { process in
                while let next = cases.popFirst() {
                    let result = await run(next, on: process, backEnds, log)
                    try Task.checkCancellation()
                    try await take(result)
                    if result.endedTheProcess { return }
                }
            }
        }
    }

    private func run(
        _ next: Case, on process: LocalFunction, _ backEnds: BackEnds, _ log: LogFile
    ) async -> DemoResult {
        var before: JSONValue?
        if let event = next.expected.after.flatMap({ name in cases.first { $0.name == name } })?.event {
            before = try? JSONValue(parsing: await process.invoke(event).outcome.payload)
        }
        let command = ShellCommand.invoke(function.name, eventNamed: next.name)
        let first = await process.invoke(next.event, command: command)
        var result = DemoResult(function: function.name, event: next.name, duration: first.duration)
        result.add(next.expected.first, first.outcome, event: next.event, first: before)
        // Follow a Location that points at the local AWS.
        if let location = Self.location(in: first.outcome), let found = try? await backEnds.fetch(location) {
            result.add(fetched: found.bytes.count, status: found.status)
        }
        if let second = next.expected.second {
            let again = await process.invoke(next.event, command: command)
            result.duration += again.duration
            result.add(second, again.outcome, event: next.event, first: try? JSONValue(parsing: first.outcome.payload))
        }
        if !result.isAsExpected {
            result.log = log.end(lines: 10)
        }
        return result
    }

    /// Returns the Location of an HTTP response, in whatever form it has its headers.
    private static func location(in outcome: InvocationOutcome) -> String? {
        let answer = try? JSONValue(parsing: outcome.payload)
        return answer?["headers"]?["Location"]?.string
            ?? answer?["multiValueHeaders"]?["Location"]?.array?.first?.string
    }
}
