package import AWS
import Encoding
package import Foundation

/// A strict Amazon Connect on a free port of 127.0.0.1: the lists and metrics of one instance, until `stop()`.
///
/// It refuses what botocore's model and the API Reference refuse: unknown members, metrics, filters and groupings, those that
/// a metric does not take, more than 100 queues, spans and pages that are too long, a wrong signature, and requests beyond its
/// rate. `GET /debug/state` shows the requests; `POST /debug/fault` takes a `ServiceFault` (`code=ThrottlingException`),
/// `POST /debug/pace` the milliseconds of every response.
package final class ConnectDouble: Stoppable {
    /// The local instance.
    package static let arn =
        "arn:aws:connect:eu-central-1:123456789012:instance/2f0f1c5e-1d2b-4c3a-9b8a-7c6d5e4f3a2b"

    package struct Configuration: Sendable {
        package var instance: ConnectInstance
        package var traffic = ContactTraffic.sample()
        /// The caller whose signature is checked; nil checks the signature's form alone.
        package var credentials: Credentials?
        /// True when requests beyond the rate are refused.
        package var throttles = true
        /// The most results of a page; Connect's own limit is the request's, at most 100.
        package var largestPage = 1_000
        package var now: @Sendable () -> Date = { Date() }

        package init(instance: ConnectInstance) {
            self.instance = instance
        }

        /// The configuration of an instance's ARN; nil for anything else.
        package init?(arn: String = ConnectDouble.arn) {
            guard let instance = ConnectInstance(arn: arn) else { return nil }
            self.init(instance: instance)
        }
    }

    /// The value for `AWS_ENDPOINT_URL_CONNECT`.
    package let url: String
    package let centre: ConnectCentre
    private let server: LoopbackServer

    /// Starts listening.
    package init(_ configuration: Configuration) async throws {
        let centre = ConnectCentre(configuration)
        server = try await .answering { await centre.answer($0) }
        self.centre = centre
        url = "http://127.0.0.1:\(server.port)"
    }

    /// The port that it listens on.
    package var port: UInt16 { server.port }

    /// Closes the port and every connection.
    package func stop() async { await server.stop() }

    /// The variables that point a function to it.
    package var environment: [String: String] {
        ["AWS_ENDPOINT_URL_CONNECT": url, "CONNECT_INSTANCE_ARN": centre.instance.arn]
    }

    /// Runs `body` with a started double and stops it afterwards, however `body` ends.
    package static func withRunning<Result: Sendable>(
        _ configuration: Configuration, _ body: (ConnectDouble) async throws -> Result
    ) async throws -> Result {
        try await stopping(ConnectDouble(configuration), after: body)
    }
}
