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

    @Test(arguments: [
        ("https://example.com/base/", "https", "example.com", "/base"), ("https://10.0.0.1", "https", "10.0.0.1", ""),
        ("http://127.0.0.1:5000", "http", "127.0.0.1:5000", ""), ("http://127.255.3.4", "http", "127.255.3.4", ""),
        ("HTTP://LocalHost:80/a", "http", "localhost", "/a"), ("http://localhost.:81", "http", "localhost:81", ""),
        ("http://crm.localhost", "http", "crm.localhost", ""),
        ("http://a-b.C_d.LOCALHOST./x", "http", "a-b.c_d.localhost", "/x"),
        ("http://[::1]:8443", "http", "[::1]:8443", ""),
    ])
    func `an outside system is reached over https, and over http on this machine alone`(
        _ text: String, _ scheme: String, _ authority: String, _ basePath: String
    ) {
        #expect(Endpoint(outside: text) == Endpoint(scheme: scheme, authority: authority, basePath: basePath))
        #expect(BaseURL(parsing: text)?.isProtected == true)
    }

    @Test(arguments: [
        "http://example.com", "http://10.0.0.1", "http://128.0.0.1", "http://126.255.255.255", "http://0.0.0.0",
        "http://127.1", "http://127.0.0", "http://127.0.0.0.1", "http://127.0.0.256", "http://127.0.0.01",
        "http://0177.0.0.1", "http://0x7f.0.0.1", "http://0x7f.1", "http://2130706433", "http://127.0.0.1.example.com",
        "http://localhost.example.com", "http://localhost..", "http://.localhost", "http://a..localhost",
        "http://mylocalhost", "http://local-host", "http://[::ffff:127.0.0.1]", "http://[::2]", "http://[::]",
        "http://[0:0:0:0:0:0:0:1]", "http://[::1%25lo]", "http://127.0.0.1@example.com",
        "http://localhost%2Eexample.com",
        "http://localhost%00.example.com", "http://example.com#.localhost", "http://example.com?.localhost",
        "http://ⓛocalhost", "http://localhost\\.example.com", "http://１２７.0.0.1", "ftp://localhost", "localhost",
        "https://user@example.com", "https://:word@example.com", "https://example.com?", "https://example.com#",
    ])
    func `everything else is refused, and so is what only some would take for this machine`(_ text: String) {
        #expect(Endpoint(outside: text) == nil)
    }

    @Test func `the parts of a base URL are as they were written`() throws {
        let url = try #require(BaseURL(parsing: "https://Voice.Example:443/a%2Fb///"))
        #expect(url.host == "Voice.Example" && url.port == 443 && url.path == "/a%2Fb" && url.trailingSlashes == 3)
    }
}
