import Calling
import HTTPClient
package import HTTPTypes

/// One call of a service's API, before it is addressed and signed.
package struct AWSRequest: Sendable {
    /// What may be done when it is not known whether the service has carried the request out.
    package enum Repetition: Sendable {
        /// Never sent again then: a message would go out twice.
        case sendOnce
        /// Sent again then: doing it twice ends the same.
        case idempotent

        /// No try begins with less time than this. One that is cut off costs nothing where it can be repeated; the
        /// outcome of a send would be unknown, which is worse than not to have begun.
        var shortestTry: Duration {
            switch self {
            case .sendOnce: .milliseconds(100)
            case .idempotent: .zero
            }
        }

        /// What is sent once goes over a connection of the last few seconds or a new one: a service may have closed
        /// an older one while Lambda had frozen this process, and nobody could tell then whether it had sent.
        fileprivate var maximumIdle: Duration {
            switch self {
            case .sendOnce: .seconds(5)
            case .idempotent: RequestOptions().maximumIdle
            }
        }
    }

    let service: AWSService
    let action: String
    var method: HTTPRequest.Method = .post
    /// Where it goes when that is not the service's one endpoint: S3's hosts are named for buckets.
    var endpoint: Endpoint?
    /// The path below the endpoint's base path, with its query, as it goes on the wire.
    let path: String
    let headers: HTTPFields
    let body: [UInt8]
    let repetition: Repetition
    /// The largest answer to read, in bytes.
    var maximumAnswerBytes = 1 << 20
    /// Error codes that are an answer to the caller rather than a failure.
    var answeringCodes: Set<String> = []
}

extension AWSRequest {
    /// A call at the service's one endpoint.
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

    /// A call of a service that names the action in `X-Amz-Target`.
    static func target(
        _ service: AWSService, prefix: String, action: String, version: String, body: [UInt8], repetition: Repetition
    ) -> AWSRequest {
        AWSRequest(
            service: service, action: action, path: "/",
            headers: [.contentType: "application/x-amz-json-\(version)", .amzTarget: "\(prefix).\(action)"],
            body: body, repetition: repetition)
    }
}

/// A complete answer: a success, or an error that its caller expects.
package struct AWSAnswer: Sendable {
    package let status: Int
    /// Empty for a success.
    package let code: String
    package let body: [UInt8]
}
