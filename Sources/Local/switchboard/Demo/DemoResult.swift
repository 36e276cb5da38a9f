import JSON
import LocalServices

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
        _ expectation: ExpectedResult.Single, _ outcome: InvocationOutcome, event: [UInt8], first: JSONValue?
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

    /// Notes what the URL in the answer before brought.
    mutating func add(fetched count: Int, status: Int) {
        if let last = came.indices.last { came[last] += ", which brings \(count) bytes" }
        if status != 200 {
            isAsExpected = false
            differences.append("Its Location was answered \(status).")
        }
    }
}
