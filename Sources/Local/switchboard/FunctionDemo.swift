import Foundation
import LocalServices

/// One function on all its events, in one warm process as long as that lives.
struct FunctionDemo {
    private let function: Function
    private let environment: [String: String]

    init(_ function: Function, environment: [String: String]) {
        self.function = function
        self.environment = environment
    }

    /// Runs every event; a missing expectation is an error before the first one.
    func run() async throws -> [DemoResult] {
        let expectations = try function.expectationFile.map(Expectation.read) ?? [:]
        var cases = try function.events.map { url in
            let name = url.deletingPathExtension().lastPathComponent
            guard let expectation = expectations[name] else {
                throw Refusal(
                    "events/\(function.name)/\(name).json has no expectation: say in events/\(function.name)/expected.json what it brings."
                )
            }
            return (name: name, event: try Files.read(url, "event file"), expectation: expectation)
        }[...]
        if let stray = Set(expectations.keys).subtracting(cases.map(\.name)).min() {
            throw Refusal(
                "events/\(function.name)/expected.json expects something of \(stray), but there is no such event.")
        }
        let log = try LogFile(named: function.name)
        var configuration = LocalFunction.Configuration(
            name: function.name, bootstrap: function.bootstrap.path, environment: environment)
        configuration.output = log.descriptor
        var results: [DemoResult] = []
        while !cases.isEmpty {
            try await LocalFunction.withRunning(configuration) { process in
                while let next = cases.popFirst() {
                    let result = await run(next.event, named: next.name, next.expectation, on: process, log)
                    try Task.checkCancellation()
                    results.append(result)
                    if result.endedTheProcess { return }
                }
            }
        }
        return results
    }

    private func run(
        _ event: [UInt8], named name: String, _ expectation: Expectation, on process: LocalFunction, _ log: LogFile
    ) async -> DemoResult {
        let first = await process.invoke(event)
        var result = DemoResult(function: function.name, event: name, duration: first.duration)
        result.add(expectation.first, first.outcome, event: event, first: nil)
        if let second = expectation.second {
            let again = await process.invoke(event)
            result.duration += again.duration
            result.add(second, again.outcome, event: event, first: JSONValue(first.outcome.payload))
        }
        if !result.isAsExpected {
            result.log = log.end(lines: 10)
        }
        return result
    }
}

/// What one event brought.
struct DemoResult: Sendable {
    let function: String
    let event: String
    /// Of both invocations when the event was given twice.
    var duration: Duration
    private(set) var expected: [String] = []
    private(set) var came: [String] = []
    private(set) var isAsExpected = true
    /// What came where it differs, whole.
    private(set) var differences: [String] = []
    private(set) var endedTheProcess = false
    /// The end of the function's log when something differs.
    var log = ""

    init(function: String, event: String, duration: Duration) {
        self.function = function
        self.event = event
        self.duration = duration
    }

    mutating func add(
        _ expectation: Expectation.Single, _ outcome: InvocationOutcome, event: [UInt8], first: JSONValue?
    ) {
        expected.append(expectation.text)
        came.append(expectation.text(of: outcome, event: event))
        if !expectation.matches(outcome, event: event, first: first) {
            isAsExpected = false
            differences.append(String(decoding: outcome.payload.prefix(2000), as: UTF8.self))
        }
        if case .runtimeError(let type, _) = outcome, type != "Function.ResponseSizeTooLarge" {
            endedTheProcess = true
        }
    }
}
