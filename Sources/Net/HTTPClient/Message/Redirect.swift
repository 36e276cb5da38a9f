import Calling
import HTTPTypes

/// Where an answer points, and what may be sent there.
struct Redirect {
    let request: HTTPRequest
    let body: [UInt8]

    /// nil when the answer points nowhere; throws `.redirectRefused` when it points where nothing may follow.
    ///
    /// 303, and 301 and 302 after a POST, turn the request into a GET, as browsers do (RFC 9110, 15.4).
    init?(_ answer: HTTPResponse, to request: HTTPRequest, body: [UInt8]) throws(HTTPClientError) {
        guard [301, 302, 303, 307, 308].contains(answer.status.code), let location = answer.headerFields[.location],
            let scheme = request.scheme, let authority = request.authority
        else { return nil }
        guard let url = CurlURL(location, from: "\(scheme)://\(authority)\(request.path ?? "/")"),
            url.scheme == "https" || url.scheme == "http"
        else { throw .redirectRefused(authority, "to what is no http or https URL") }
        guard scheme == "http" || url.scheme == "https" else {
            throw .redirectRefused(authority, "from https to http, where others could read it")
        }
        var next = request
        next.scheme = url.scheme
        next.authority = url.authority
        next.path = url.path
        var becomesGet = answer.status == .seeOther && request.method != .head
        becomesGet = becomesGet || (answer.status.code <= 302 && request.method == .post)
        if becomesGet {
            next.method = .get
            next.headerFields[.contentType] = nil
            next.headerFields[.contentEncoding] = nil
        }
        if url.scheme != scheme || url.authority.lowercased() != authority.lowercased() {
            guard becomesGet || body.isEmpty else {
                throw .redirectRefused(authority, "to another host, which must not get the body: call that host itself")
            }
            // A list of what may go, not of what may not: any header can be a credential.
            let harmless: [HTTPField.Name] = [.accept, .acceptEncoding, .acceptLanguage, .range, .userAgent]
            next.headerFields = HTTPFields(request.headerFields.filter { harmless.contains($0.name) })
        }
        self.request = next
        self.body = becomesGet ? [] : body
    }
}

extension HTTPClientError {
    static func redirectRefused(_ authority: String, _ reason: String) -> HTTPClientError {
        HTTPClientError(
            code: .redirectRefused, outcome: .unknown, description: "\(authority) redirected the call \(reason).")
    }
}
