import LocalServices

/// A function as a region invokes it, one event after the other: a process, or a function of a stack.
protocol InvokedFunction: Sendable {
    /// Returns the outcome alone.
    func invoke(_ event: [UInt8]) async throws -> InvocationOutcome
    /// Returns the outcome with its measures and its log; `command` does the same in a terminal.
    func run(_ event: [UInt8], command: String?) async throws -> FunctionRun
    /// Ends what was started for it.
    func stop() async
}

/// One invocation, as a person reads it.
struct FunctionRun: Sendable {
    let outcome: InvocationOutcome
    /// The duration without the start; nil when it is not known.
    let milliseconds: Double?
    /// True when it was started for this event; nil when that is not known.
    let isCold: Bool?
    /// The time that the start took; nil for a warm one, and when it is not known.
    let initMilliseconds: Double?
    /// The most memory; nil when it is not known.
    let memoryMB: Int?
    let log: [String]
}
