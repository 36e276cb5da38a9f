import HTTPClient
import HTTPTypes

/// A fetcher of streams like a device's: a plain GET of the URL as given, so that a wrong signature or key shows.
struct AudioFetcher: Sendable {
    private let client = CurlClient()
    private static let options = RequestOptions(maximumBodyBytes: 64 << 20)
    private static let mostRedirects = 5

    /// Returns the file at a URL, within 10 s.
    func fetch(_ url: String) async -> Result<AudioClip, AudioClip.Failure> {
        let parts = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let scheme = parts.first?.dropLast(), let rest = parts.last else {
            return .failure(.init(kind: .invalidRequest, message: "The stream's URL has no host."))
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest.dropFirst(authority.count).prefix { $0 != "#" }
        let request = HTTPRequest(
            method: .get, scheme: String(scheme), authority: String(authority), path: String(path))
        do {
            let answer = try await send(request, deadline: .now.advanced(by: .seconds(10)))
            switch answer.head.status.code {
            case 200 where AudioClip.isUnplayable(answer.body):
                return .failure(.init(kind: .unknown, message: "The stream has a format that is not supported."))
            case 200 where !answer.body.isEmpty: return .success(AudioClip(answer.body))
            case 200..<400: return .failure(.init(kind: .unknown, message: "The stream is empty."))
            case let status:
                return .failure(
                    .init(
                        kind: status < 500 ? .invalidRequest : .internalServerError,
                        message: "The stream's server answered \(status)."))
            }
        } catch {
            return .failure(.init(kind: .serviceUnavailable, message: "The stream's server could not be reached."))
        }
    }

    private func send(
        _ request: HTTPRequest, deadline: ContinuousClock.Instant
    ) async throws -> (head: HTTPResponse, body: [UInt8]) {
        var request = request
        for _ in 0...Self.mostRedirects {
            let response = try await client.send(request, options: Self.options, deadline: deadline)
            guard let redirect = try Redirect(response.head, to: request) else { return response }
            request = redirect.request
        }
        throw Redirect.Refused()
    }
}
