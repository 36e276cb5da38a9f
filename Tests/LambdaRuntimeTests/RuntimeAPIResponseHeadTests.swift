import Testing

@testable import LambdaRuntime

struct RuntimeAPIResponseHeadTests {
    func head(_ text: String) throws -> RuntimeAPIResponseHead? {
        try Array(text.utf8).withUnsafeBytes { try RuntimeAPIResponseHead($0) }
    }

    @Test func `names are matched in any case and values are trimmed`() throws {
        let text = "HTTP/1.1 200 OK\r\nLAMBDA-RUNTIME-AWS-REQUEST-ID: \t id-1 \r\ncontent-LENGTH:12\r\nX: y\r\n\r\nrest"
        let head = try #require(try head(text))
        #expect(head.status == 200)
        #expect(head.contentLength == 12)
        let range = try #require(head.requestID)
        #expect(Array(text.utf8)[range].elementsEqual("id-1".utf8))
        #expect(head.length == text.utf8.count - 4)
    }

    @Test func `a head is incomplete until its empty line has come`() throws {
        let text = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
        for length in 0..<text.utf8.count {
            #expect(try head(String(decoding: text.utf8.prefix(length), as: UTF8.self)) == nil)
        }
        #expect(try head(text) != nil)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\n\r\n", true), ("HTTP/1.1 200 OK\r\nConnection: Close\r\n\r\n", false),
        ("HTTP/1.0 200 OK\r\n\r\n", false), ("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\n", true),
        ("HTTP/1.1 204\r\n\r\n", true), ("HTTP/1.1 200 OK\r\nConnection: x, Close\r\n\r\n", false),
        ("HTTP/1.1 200 OK\r\nConnection: close,keep-alive\r\n\r\n", false),
        ("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nConnection: ,close ,\r\n\r\n", false),
        ("HTTP/1.0 200 OK\r\nConnection: x ,Keep-Alive\r\n\r\n", true),
        ("HTTP/1.1 200 OK\r\nConnection: closed\r\n\r\n", true), ("HTTP/1.1 200 OK\r\nConnection:\r\n\r\n", true),
    ])
    func `keep-alive follows the version and the Connection header`(text: String, keepsAlive: Bool) throws {
        #expect(try #require(try head(text)).keepsAlive == keepsAlive)
    }

    @Test(arguments: [
        "HTTP/2 200 OK\r\n\r\n", "FTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1 20\r\n\r\n", "\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
    ])
    func `what is not a head of HTTP/1 is malformed`(text: String) {
        #expect(throws: RuntimeAPIError.self) { _ = try head(text) }
    }
}
