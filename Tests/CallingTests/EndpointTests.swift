import Calling
import Testing

struct EndpointTests {
    @Test(arguments: [
        ("http://127.0.0.1:5000", "http", "127.0.0.1:5000", ""),
        ("HTTPS://Example.COM:443/base//", "https", "example.com", "/base"),
        ("http://example.com:443/", "http", "example.com:443", ""),
        ("https://[::1]:8443/a/b", "https", "[::1]:8443", "/a/b"),
    ])
    func `a URL becomes an origin without the scheme's own port, and a base path`(
        _ text: String, _ scheme: String, _ authority: String, _ basePath: String
    ) {
        #expect(Endpoint(parsing: text) == Endpoint(scheme: scheme, authority: authority, basePath: basePath))
    }

    @Test(arguments: [
        "", "example.com", "ftp://example.com", "http://", "https://u@example.com", "https://u:p@example.com",
        "https://example.com?q", "https://example.com#f", "https://example.com:0", "https://example.com:65536",
    ])
    func `anything that paths cannot be appended to is refused`(_ text: String) {
        #expect(Endpoint(parsing: text) == nil)
        #expect(BaseURL(parsing: text) == nil)
    }

    @Test func `the parts of a base URL are as they were written`() throws {
        let url = try #require(BaseURL(parsing: "https://Voice.Example:443/a%2Fb///"))
        #expect(url.host == "Voice.Example" && url.port == 443 && url.path == "/a%2Fb" && url.trailingSlashes == 3)
    }
}
