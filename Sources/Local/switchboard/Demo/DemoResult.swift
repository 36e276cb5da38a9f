import JSON
import LocalServices

/// The result of one event.
struct DemoResult: Sendable {
    /// The response that an invocation should have given, and the one that it gave.
    struct Difference: Sendable {
        let expected: String
        let actual: String
    }

    let function: String
    let event: String
    /// The duration of both invocations when the event was given twice.
    var duration: Duration
    /// A line for people about each response.
    private(set) var summaries: [String] = []
    private(set) var differences: [Difference] = []
    private(set) var endedTheProcess = false
    /// The end of the function's log when something differs.
    var log = ""
    /// The messages and records that the event led to; nil when nobody looked.
    var arrivals: LocalArrivals?

    var isAsExpected: Bool { differences.isEmpty }

    init(function: String, event: String, duration: Duration) {
        self.function = function
        self.event = event
        self.duration = duration
    }

    mutating func add(
        _ expectation: ExpectedResult.Single, _ outcome: InvocationOutcome, event: [UInt8], first: JSONValue?
    ) {
        summaries.append(
            expectation == .theEvent && !outcome.isError ? "the event" : ResponseSummary.text(of: outcome))
        if !expectation.matches(outcome, event: event, first: first) {
            let actual = String(decoding: outcome.payload.prefix(2000), as: UTF8.self)
            differences.append(Difference(expected: expectation.json(event: event).text, actual: actual))
        }
        if case .runtimeError(let type, _) = outcome, type != "Function.ResponseSizeTooLarge" {
            endedTheProcess = true
        }
    }

    /// Notes what the URL in the response before led to.
    mutating func add(fetched count: Int, status: Int) {
        if let last = summaries.indices.last { summaries[last] += ", where \(count) bytes lie" }
        if status != 200 {
            differences.append(
                Difference(expected: "200 for its Location", actual: "\(status) for its Location"))
        }
    }
}
