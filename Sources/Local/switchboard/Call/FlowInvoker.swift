import LocalServices

/// The functions that a flow invokes.
protocol FlowInvoker: Sendable {
    /// Invokes a function, given by name or ARN, and returns its outcome; throws when there is none of that name.
    func invoke(_ name: String, _ event: [UInt8]) async throws -> InvocationOutcome
}

extension FlowFunctions: FlowInvoker {
    func invoke(_ name: String, _ event: [UInt8]) async throws -> InvocationOutcome {
        try await pool(name).invoke(event)
    }
}
