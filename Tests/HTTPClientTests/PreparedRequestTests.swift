import Calling
import HTTPTypes
import Testing

@testable import HTTPClient

@Suite struct PreparedRequestTests {
    private func prepare(_ change: (inout HTTPRequest) -> Void, body: [UInt8] = []) throws(HTTPClientError) {
        var request = HTTPRequest(method: .post, scheme: "https", authority: "host.example", path: "/")
        change(&request)
        _ = try PreparedRequest(request, body: body)
    }

    @Test(arguments: ["/a b", "/a\r\nX: y", "/a\0b", "/#part", "relative", "/ü", "http://other/", "/\u{7F}x"])
    func `a path that would not arrive as given is refused`(path: String) {
        let error = #expect(throws: HTTPClientError.self) { try prepare { $0.path = path } }
        #expect(error?.code == .invalidRequest)
        #expect(error?.outcome == .notSent)
    }

    @Test(arguments: [
        "", "user@host", "user:pass@host", "host/path", "host name", "höst", "host?x", "host\\x", "host#",
    ])
    func `an authority that is no host is refused`(authority: String) {
        #expect(throws: HTTPClientError.self) { try prepare { $0.authority = authority } }
    }

    @Test(arguments: [nil, "", "ftp", "file", "HTTP ", "ws"])
    func `a scheme other than http and https is refused`(scheme: String?) {
        #expect(throws: HTTPClientError.self) { try prepare { $0.scheme = scheme } }
    }

    @Test func `headers that are the client's, and bodies where none belongs, are refused`() throws {
        try prepare({ $0.headerFields[.contentLength] = "77" })
        #expect(throws: HTTPClientError.self) { try prepare { $0.headerFields[.transferEncoding] = "chunked" } }
        #expect(throws: HTTPClientError.self) { try prepare { $0.headerFields[.expect] = "100-continue" } }
        #expect(throws: HTTPClientError.self) { try prepare({ $0.method = .get }, body: [1]) }
        #expect(throws: HTTPClientError.self) { try prepare { $0.method = .connect } }
    }

    @Test func `a line break in a header value never reaches the wire`() throws {
        let request = HTTPRequest(
            method: .get, scheme: "http", authority: "h", path: "/", headerFields: [.userAgent: "a\r\nX-Evil: b\0c"])
        let lines = try PreparedRequest(request, body: []).headerLines
        #expect(lines.allSatisfy { !$0.utf8.contains { $0 < 0x20 } })
        #expect(!lines.contains { $0.hasPrefix("X-Evil") })
    }
}
