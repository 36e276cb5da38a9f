package import Calling

/// The error of a call that brought no whole response.
///
/// A response of any status is not an error here. The description names the host, what failed and what to do; never the
/// path, query, headers or body, which may hold secrets.
package struct HTTPClientError: Error, CustomStringConvertible, Sendable, Equatable {
    /// The cause of the failure.
    package struct Code: Hashable, Sendable, CustomStringConvertible {
        package let description: String

        /// The host's name, or the proxy's, has no address.
        package static let couldNotResolve = Code(description: "couldNotResolve")
        /// The host or the proxy refused, was unreachable, or the proxy did not open a tunnel.
        package static let couldNotConnect = Code(description: "couldNotConnect")
        /// No secure connection: the certificate was not accepted, TLS versions do not meet, no CA bundle.
        package static let tlsFailed = Code(description: "tlsFailed")
        /// The deadline passed.
        package static let timedOut = Code(description: "timedOut")
        /// The task was cancelled.
        package static let cancelled = Code(description: "cancelled")
        /// The connection ended before the response did.
        package static let connectionLost = Code(description: "connectionLost")
        /// The response's head or body is above the limit.
        package static let answerTooLarge = Code(description: "answerTooLarge")
        /// The response is not HTTP/1.
        package static let malformedAnswer = Code(description: "malformedAnswer")
        /// The request cannot be sent as given; no attempt was made.
        package static let invalidRequest = Code(description: "invalidRequest")
        /// The client itself failed, for want of memory or descriptors.
        package static let failed = Code(description: "failed")
    }

    /// The cause of the failure.
    package let code: Code
    /// `notSent` or `unknown`: a response that says no is not an error here.
    package let outcome: Outcome
    /// A sentence that names the host, the failure and the remedy.
    package let description: String

    package init(code: Code, outcome: Outcome, description: String) {
        self.code = code
        self.outcome = outcome
        self.description = description
    }
}
