import AlexaVerification
import TestSupport
import Testing

@testable import struct AlexaVerification.ChainURL

@Suite(.takingTurns) struct ChainURLTests {
    @Test(arguments: [
        ("https://s3.amazonaws.com/echo.api/echo-api-cert.pem", "/echo.api/echo-api-cert.pem"),
        ("https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem", "/echo.api/echo-api-cert.pem"),
        ("https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert.pem", "/echo.api/echo-api-cert.pem"),
        ("https://s3.amazonaws.com/./echo.api/./a.pem", "/echo.api/a.pem"),
        ("https://s3.amazonaws.com/../../echo.api/a.pem", "/echo.api/a.pem"),
        ("HTTPS://s3.amazonaws.com/echo.api/a.pem", "/echo.api/a.pem"),
        ("hTTps://S3.AmazonAWS.com/echo.api/a.pem", "/echo.api/a.pem"),
        ("https://S3.AMAZONAWS.COM:443/echo.api/a.pem", "/echo.api/a.pem"),
        ("https://s3.amazonaws.com/echo.api/b/c/a.pem", "/echo.api/b/c/a.pem"),
        ("https://s3.amazonaws.com/echo.api/...", "/echo.api/..."),
        ("https://s3.amazonaws.com/x/y/../../echo.api/a", "/echo.api/a"),
        (
            "https://s3.amazonaws.com/echo.api/" + String(repeating: "a", count: 990),
            "/echo.api/" + String(repeating: "a", count: 990)
        ),
    ])
    func `a URL that Alexa may use is taken, without its dot segments`(url: String, path: String) throws {
        #expect(try ChainURL(url).path == path)
    }

    static let refused = [
        "", "https:", "https://", "https://s3.amazonaws.com", "s3.amazonaws.com/echo.api/a.pem",
        "//s3.amazonaws.com/echo.api/a.pem", "/echo.api/a.pem",
        // Scheme.
        "http://s3.amazonaws.com/echo.api/a.pem", "httpss://s3.amazonaws.com/echo.api/a.pem",
        "ftp://s3.amazonaws.com/echo.api/a.pem", "https:/s3.amazonaws.com/echo.api/a.pem",
        "https:///s3.amazonaws.com/echo.api/a.pem",
        // Host.
        "https://notamazon.com/echo.api/a.pem", "https://s3.amazonaws.com.evil.example/echo.api/a.pem",
        "https://evil-s3.amazonaws.com/echo.api/a.pem", "https://echo.api.s3.amazonaws.com/echo.api/a.pem",
        "https://s3.amazonaws.com./echo.api/a.pem", "https://s3-amazonaws.com/echo.api/a.pem",
        "https://\u{FF53}3.amazonaws.com/echo.api/a.pem", "https://s3.amazonaws.co\u{212A}/echo.api/a.pem",
        // User info.
        "https://user@s3.amazonaws.com/echo.api/a.pem", "https://s3.amazonaws.com@evil.example/echo.api/a.pem",
        "https://@s3.amazonaws.com/echo.api/a.pem", "https://a:b@s3.amazonaws.com/echo.api/a.pem",
        // Port.
        "https://s3.amazonaws.com:563/echo.api/a.pem", "https://s3.amazonaws.com:/echo.api/a.pem",
        "https://s3.amazonaws.com:0443/echo.api/a.pem", "https://s3.amazonaws.com:443:443/echo.api/a.pem",
        "https://s3.amazonaws.com:80/echo.api/a.pem",
        // Path.
        "https://s3.amazonaws.com/EcHo.aPi/a.pem", "https://s3.amazonaws.com/invalid.path/a.pem",
        "https://s3.amazonaws.com/echo.api", "https://s3.amazonaws.com/echo.api.evil/a.pem",
        "https://s3.amazonaws.com//echo.api/a.pem", "https://s3.amazonaws.com/echo.api/../a.pem",
        "https://s3.amazonaws.com/echo.api/..", "https://s3.amazonaws.com/echo.api/x/../../a.pem",
        "https://s3.amazonaws.com/x/..//echo.api/a.pem", "https://s3.amazonaws.com/echo.api/..//echo.api/a.pem",
        "https://s3.amazonaws.com?/echo.api/a.pem", "https://s3.amazonaws.com#/echo.api/a.pem",
        // Escapes, queries, blanks and the like.
        "https://s3.amazonaws.com/echo.api/%2e%2e/a.pem", "https://s3.amazonaws.com/echo.api/a%20b.pem",
        "https://s3.amazonaws.com/%65cho.api/a.pem", "https://s3.amazonaws.com/echo.api\\a.pem",
        "https://s3.amazonaws.com\\/echo.api/a.pem", "https:\\\\s3.amazonaws.com/echo.api/a.pem",
        " https://s3.amazonaws.com/echo.api/a.pem", "https://s3.amazonaws.com/echo.api/a.pem ",
        "\thttps://s3.amazonaws.com/echo.api/a.pem", "https://s3.amazonaws.com/echo.api/a.pem\n",
        "https://s3.amazonaws.com/echo.api/a\r\nb.pem", "https://s3.amazonaws.com/echo.api/a\u{0}.pem",
        "https://s3.amazonaws.com/echo.api/a.pem?x=1", "https://s3.amazonaws.com/echo.api/a.pem?",
        "https://s3.amazonaws.com/echo.api/a.pem#x", "https://s3.amazonaws.com/echo.api/\u{E4}.pem",
        "https://s3.amazonaws.com/echo.api/e\u{301}.pem",
        "https://s3.amazonaws.com/echo.api/" + String(repeating: "a", count: 991),
        ChainFixture.url + ", " + ChainFixture.url,
    ]

    @Test(arguments: refused)
    func `any other URL is refused`(url: String) {
        #expect(throws: VerificationError.self) { try ChainURL(url) }
    }

    @Test func `of a refused URL nothing is fetched`() async throws {
        let fixture = try ChainFixture()
        for url in Self.refused where !url.isEmpty {
            #expect(try await fixture.verify(url, signature: "AAAA")?.code == .forbiddenURL)
        }
        #expect(fixture.proxy.connectionCount == 0)
    }
}
