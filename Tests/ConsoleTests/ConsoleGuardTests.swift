import Console
import JSON
import LocalServices
import Testing

/// The rules by which the console answers its own page alone.
@Suite struct ConsoleGuardTests {
    private func status(_ method: String, _ path: String, _ fields: [(String, String)]) async throws -> Int? {
        // What a server reads, and not what a test makes up.
        let server = try await LoopbackServer { connection in
            var connection = connection
            let request = try await connection.readMessage(limit: 1000)
            let status = ConsoleGuard(port: 4680).refusal(of: request)?.status ?? 200
            try await connection.write(LocalResponse(status, [:]).bytes)
        }
        var connection = try await HTTPConnection(port: server.port)
        let lines = ["\(method) \(path) HTTP/1.1"] + fields.map { "\($0.0): \($0.1)" }
        try await connection.write(Array("\(lines.joined(separator: "\r\n"))\r\n\r\n".utf8))
        let answer = try await connection.readMessage(limit: 1000)
        connection.close()
        await server.stop()
        return answer.status
    }

    @Test(arguments: ["127.0.0.1:4680", "localhost:4680", "LOCALHOST:4680", "[::1]:4680"])
    func `loopback's names are answered`(host: String) async throws {
        #expect(try await status("GET", "/", [("Host", host)]) == 200)
    }

    @Test(arguments: [
        "evil.example", "evil.example:4680", "127.0.0.1", "127.0.0.1:4681", "127.0.0.1.evil.example:4680",
        "0.0.0.0:4680",
        "localhost.:4680", "127.0.0.1:4680, evil.example", "",
    ])
    func `another host is not`(host: String) async throws {
        #expect(try await status("GET", "/api/status", [("Host", host)]) == 421)
    }

    @Test func `a request without a host, or with two, is not`() async throws {
        #expect(try await status("GET", "/", []) == 421)
        #expect(try await status("GET", "/", [("Host", "127.0.0.1:4680"), ("Host", "evil.example")]) == 421)
    }

    @Test(arguments: [
        "http://evil.example", "null", "https://127.0.0.1:4680", "http://127.0.0.1:4681", "http://localhost:4680",
        "http://127.0.0.1:4680.evil.example",
    ])
    func `another origin is refused`(origin: String) async throws {
        let fields = [("Host", "127.0.0.1:4680"), ("Origin", origin)]
        #expect(try await status("GET", "/api/status", fields) == 403)
        #expect(try await status("POST", "/api/phone", fields + [("Content-Type", "application/json")]) == 403)
    }

    @Test(arguments: ["cross-site", "same-site", "Cross-Site"])
    func `a request that another site has caused is refused, but for a visit of the page`(site: String) async throws {
        let fields = [("Host", "127.0.0.1:4680"), ("Sec-Fetch-Site", site)]
        let visit = fields + [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")]
        #expect(try await status("GET", "/api/events", fields) == 403)
        #expect(try await status("GET", "/app.js", fields) == 403)
        #expect(try await status("GET", "/", visit) == 200)
        #expect(try await status("GET", "/api/status", visit) == 403)
        let frame = fields + [("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe")]
        #expect(try await status("GET", "/", frame) == 403)
    }

    @Test func `what changes something is JSON from the page itself`() async throws {
        let own = [("Host", "127.0.0.1:4680"), ("Origin", "http://127.0.0.1:4680"), ("Sec-Fetch-Site", "same-origin")]
        let json = own + [("Content-Type", "application/json; charset=utf-8")]
        #expect(try await status("POST", "/api/phone", json) == 200)
        for type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
            #expect(try await status("POST", "/api/phone", own + [("Content-Type", type)]) == 415)
        }
        #expect(try await status("POST", "/api/phone", own) == 415)
        for method in ["PUT", "DELETE", "OPTIONS", "HEAD"] {
            #expect(try await status(method, "/api/phone", own) == 405)
        }
    }
}
