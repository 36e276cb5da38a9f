extension RuntimeAPI {
    /// One event in process by a function.
    package struct Invocation: Sendable {
        package let requestID: String
        package let invocationID: String
        package let traceID: String
        package let event: [UInt8]
        package let timeout: Duration
        /// Further headers, such as `Lambda-Runtime-Client-Context`, that Lambda sends when the caller gave them.
        package let fields: [String: String]

        package init(
            requestID: String, invocationID: String, traceID: String, event: [UInt8], timeout: Duration,
            fields: [String: String] = [:]
        ) {
            self.requestID = requestID
            self.invocationID = invocationID
            self.traceID = traceID
            self.event = event
            self.timeout = timeout
            self.fields = fields
        }
    }

    /// The outcome of a call on `/response` or `/error`.
    enum Acceptance: Equatable {
        case accepted
        case unknownRequest
        case alreadyAnswered
        case staleInvocation
        case tooLarge
    }
}
