/// An HTTP response, the same for every form of event; `encoded(for:)` writes it in the form that Lambda's caller
/// reads.
package struct HTTPEventResponse: Sendable, Equatable {
    /// 200 to 599.
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]

    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Returns a response with a JSON body and its Content-Type.
    package static func json(_ body: [UInt8], status: Int = 200, headers: HTTPHeaders = [:]) -> HTTPEventResponse {
        var headers = headers
        headers["Content-Type"] = "application/json"
        return HTTPEventResponse(status: status, headers: headers, body: body)
    }

    /// Returns a response with a text body and its Content-Type.
    package static func text(
        _ text: String, status: Int = 200, type: String = "text/plain; charset=utf-8", headers: HTTPHeaders = [:]
    ) -> HTTPEventResponse {
        var headers = headers
        headers["Content-Type"] = type
        return HTTPEventResponse(status: status, headers: headers, body: Array(text.utf8))
    }
}
