package import Calling
import HTTPTypes
import Synchronization

/// Connections opened before the first call.
extension CurlClient {
    /// The time limit of `warmUp()`.
    package static let warmUpTime = Duration.milliseconds(300)

    /// Declares that the first calls go to an origin; `warmUp()` opens a connection to it.
    package func expect(_ endpoint: Endpoint) {
        expected.withLock { if !$0.contains(endpoint) { $0.append(endpoint) } }
    }

    /// Opens a connection, TLS included, to each origin that was declared, all at once and within `warmUpTime`; no request
    /// is sent.
    ///
    /// A connection that cannot be opened is left to the first call, which reports it.
    package func warmUp() async {
        let deadline = ContinuousClock.now + Self.warmUpTime
        let origins = expected.withLock(\.self)
        await withTaskGroup(of: Void.self) { group in
            for origin in origins {
                group.addTask {
                    let head = HTTPRequest(
                        method: .get, scheme: origin.scheme, authority: origin.authority, path: "/")
                    guard var request = try? PreparedRequest(head, body: []) else { return }
                    request.connectsOnly = true
                    _ = try? await self.exchange(request, options: RequestOptions(), deadline: deadline)
                }
            }
        }
    }
}
