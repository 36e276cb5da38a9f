import Calling
package import HTTPTypes
import Synchronization

/// A client of HTTP/1.1 servers, through libcurl, over TLS that is always verified.
///
/// Many calls may run at once. Connections are kept and reused; one thread carries all transfers and is started, with
/// libcurl and OpenSSL, by the first call or by `warmUp()`. Keep one client for the life of the process.
package final class CurlClient: Sendable {
    private let worker: CurlWorker
    /// The origins of the first calls, as far as declared.
    let expected = Mutex<[Endpoint]>([])

    /// Makes a client that does nothing until its first call.
    package init(_ configuration: Configuration = Configuration()) {
        worker = CurlWorker(configuration)
    }

    deinit {
        worker.stop()
    }

    /// Sends a request and reads the whole response, of whatever status: a redirect is not followed.
    ///
    /// The scheme (`http`, `https`), authority and path of the request are sent as given; Host and Content-Length are
    /// written from the authority and the body. The request goes out once: only GET and HEAD may be sent again, when a
    /// kept connection turns out to be dead. Cancelling the task ends the call.
    package nonisolated(nonsending) func send(
        _ request: HTTPRequest, body: [UInt8] = [], options: RequestOptions = RequestOptions(),
        deadline: ContinuousClock.Instant
    ) async throws(HTTPClientError) -> (head: HTTPResponse, body: [UInt8]) {
        let answer = try await exchange(PreparedRequest(request, body: body), options: options, deadline: deadline)
        return (answer.head, answer.body)
    }

    nonisolated(nonsending) func exchange(
        _ request: PreparedRequest, options: RequestOptions, deadline: ContinuousClock.Instant
    ) async throws(HTTPClientError) -> CurlResponse {
        let cancellation = Cancellation()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                worker.submit(
                    Transfer(
                        request, options: options, deadline: deadline, cancellation: cancellation,
                        continuation: continuation))
            }
        } onCancel: {
            worker.cancel(cancellation)
        }
        return try result.get()
    }
}

/// A whole response.
struct CurlResponse: Sendable {
    var head: HTTPResponse
    var body: [UInt8]
}
