import HTTPClient
import HTTPTypes

/// The GET that a response leads on to (301, 302, 303, 307 or 308 with a Location).
struct Redirect {
    /// A redirect that must not be followed, or one too many.
    struct Refused: Error {}

    let request: HTTPRequest

    /// Nil when the response points nowhere; throws when it points to no web address, or from https to http.
    init?(_ response: HTTPResponse, to request: HTTPRequest) throws(Refused) {
        guard [301, 302, 303, 307, 308].contains(response.status.code),
            let location = response.headerFields[.location], let scheme = request.scheme,
            let authority = request.authority
        else { return nil }
        guard let url = CurlURL(location, from: "\(scheme)://\(authority)\(request.path ?? "/")"),
            url.scheme == "https" || url.scheme == "http" && scheme == "http"
        else { throw Refused() }
        self.request = HTTPRequest(method: .get, scheme: url.scheme, authority: url.authority, path: url.path)
    }
}
