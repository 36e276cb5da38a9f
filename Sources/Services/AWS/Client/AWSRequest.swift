package import Calling
import HTTPClient
package import HTTPTypes

/// A call of a service's API, before it is addressed and signed.
package struct AWSRequest: Sendable {
    let service: AWSService
    let action: String
    var method: HTTPRequest.Method = .post
    /// The endpoint when it is not the service's one: S3's hosts are named for buckets.
    var endpoint: Endpoint?
    /// The path below the endpoint's base path, with its query, in the form sent on the wire.
    let path: String
    let headers: HTTPFields
    let body: [UInt8]
    let repetition: Repetition
    /// The largest response to read, in bytes.
    var maximumAnswerBytes = 1 << 20
    /// Error codes that are a result for the caller rather than a failure.
    var answeringCodes: Set<String> = []
    /// The most tries; 1 for a client that tries again by rules of its own.
    var tries = 3
}

extension AWSRequest {
    /// Creates a call at the service's own endpoint.
    package init(
        _ service: AWSService, action: String, method: HTTPRequest.Method, path: String, headers: HTTPFields = [:],
        body: [UInt8] = [], repetition: Repetition
    ) {
        self.init(
            service: service, action: action, method: method, path: path, headers: headers, body: body,
            repetition: repetition)
    }
}

extension AWSRequest {
    var options: RequestOptions {
        RequestOptions(maximumBodyBytes: maximumAnswerBytes, maximumIdle: repetition.maximumIdle)
    }

    /// Returns a call of a service that names the action in `X-Amz-Target`.
    static func target(
        _ service: AWSService, prefix: String, action: String, version: String, body: [UInt8], repetition: Repetition
    ) -> AWSRequest {
        AWSRequest(
            service: service, action: action, path: "/",
            headers: [.contentType: "application/x-amz-json-\(version)", .amzTarget: "\(prefix).\(action)"],
            body: body, repetition: repetition)
    }
}

/// A complete response: a success, or an error that its caller expects.
package struct AWSResponse: Sendable {
    package let status: Int
    /// Empty for a success.
    package let code: String
    package let body: [UInt8]
}

extension Repetition {
    /// The least time that a try begins with.
    ///
    /// A request that is cut off costs nothing where it may be repeated; the outcome of any other would be unknown, which
    /// is worse than not to have begun.
    var shortestTry: Duration {
        switch self {
        case .once: .milliseconds(100)
        case .idempotent: .zero
        }
    }

    /// The longest idle time of a connection that is used again.
    ///
    /// A service may have closed an older connection while Lambda had frozen this process, and nobody could tell then
    /// whether a request that must go out once was received.
    fileprivate var maximumIdle: Duration {
        switch self {
        case .once: .seconds(5)
        case .idempotent: RequestOptions().maximumIdle
        }
    }
}
