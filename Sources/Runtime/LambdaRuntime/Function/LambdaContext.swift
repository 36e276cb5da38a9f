package import Logging

/// The Runtime API's headers of one invocation.
///
/// Each property is the header of `GET /runtime/invocation/next` of the same name; nil where Lambda sent none.
package struct LambdaContext: Sendable {
    /// `Lambda-Runtime-Aws-Request-Id`.
    package var requestID: String
    /// `Lambda-Runtime-Deadline-Ms`, on this machine's clock: Lambda ends the invocation then.
    package var deadline: ContinuousClock.Instant
    /// `Lambda-Runtime-Invoked-Function-Arn`.
    package var invokedFunctionARN: String?
    /// `Lambda-Runtime-Trace-Id`, the X-Ray header; nil when untraced.
    package var traceID: String?
    /// `Lambda-Runtime-Client-Context`, JSON.
    package var clientContext: String?
    /// `Lambda-Runtime-Cognito-Identity`, JSON.
    package var cognitoIdentity: String?
    /// `Lambda-Runtime-Aws-Tenant-Id`.
    package var tenantID: String?
    /// `Lambda-Runtime-Invocation-Id`.
    package var invocationID: String?
    /// The log settings of this process.
    var logging: LogConfiguration

    package init(
        requestID: String, deadline: ContinuousClock.Instant, invokedFunctionARN: String? = nil, traceID: String? = nil,
        clientContext: String? = nil, cognitoIdentity: String? = nil, tenantID: String? = nil,
        invocationID: String? = nil, logging: LogConfiguration = LogConfiguration()
    ) {
        self.requestID = requestID
        self.deadline = deadline
        self.invokedFunctionARN = invokedFunctionARN
        self.traceID = traceID
        self.clientContext = clientContext
        self.cognitoIdentity = cognitoIdentity
        self.tenantID = tenantID
        self.invocationID = invocationID
        self.logging = logging
    }

    /// A logger whose every line carries the request id and the trace id. Made on each read: an invocation that logs
    /// nothing pays nothing.
    package var logger: Logger {
        Logger(label: "switchboard") { [logging, requestID, traceID] _ in
            LambdaLogHandler(configuration: logging, requestID: requestID, traceID: traceID)
        }
    }

    /// The deadline for outbound calls: 300 ms before the invocation's, so that there is time left to respond.
    package var callDeadline: ContinuousClock.Instant {
        deadline - .milliseconds(300)
    }
}
