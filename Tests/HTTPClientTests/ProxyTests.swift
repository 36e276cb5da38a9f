import Calling
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@Suite(.takingTurns) struct ProxyTests {
    private func secure(_ authority: String) -> HTTPRequest {
        HTTPRequest(method: .post, scheme: "https", authority: authority, path: "/secret")
    }

    @Test(arguments: ["http_proxy", "all_proxy", "ALL_PROXY"])
    func `a plain request goes to the proxy with its whole URL, on a kept connection`(variable: String) async throws {
        let proxy = try ScriptedServer.answering { _ in .init("from the proxy") }
        let client = CurlClient(variables: [variable: "http://user:word@\(proxy.authority)"])
        for _ in 1...2 {
            let answer = try await client.send(.make(.post, "host.invalid", "/a/../b?c"), body: [1], deadline: .soon)
            #expect(answer.body == Array("from the proxy".utf8))
        }
        #expect(proxy.requests.map(\.target) == Array(repeating: "http://host.invalid/a/../b?c", count: 2))
        #expect(proxy.requests.map(\.connection) == [0, 0])
        #expect(proxy.requests.first?["Host"] == "host.invalid")
        #expect(proxy.requests.first?["Proxy-Authorization"] == "Basic dXNlcjp3b3Jk")
    }

    @Test(arguments: ["https_proxy", "HTTPS_PROXY", "all_proxy"])
    func `a secure request asks the proxy for a tunnel, and a refusal means not sent`(variable: String) async throws {
        let proxy = try ScriptedServer.answering { _ in .init(status: 403, "no") }
        let client = CurlClient(variables: [variable: proxy.authority])
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(secure("host.invalid"), body: Array("secret".utf8), deadline: .soon)
        }
        #expect(proxy.requests.map(\.method) == ["CONNECT"])
        #expect(proxy.requests.map(\.target) == ["host.invalid:443"])
        #expect(proxy.requests.first?.body == [])
        #expect(error?.code == .couldNotConnect)
        #expect(error?.outcome == .notSent)
        #expect(error?.description.contains("403") == true)
        #expect(error?.description.contains("secret") == false)
    }

    @Test func `a proxy that never opens the tunnel means timed out, not sent`() async throws {
        let proxy = try ScriptedServer { connection in
            _ = try connection.readRequest()
            connection.hang()
        }
        let client = CurlClient(variables: ["https_proxy": "http://\(proxy.authority)"])
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(secure("host.invalid"), body: [1], deadline: .now + .milliseconds(300))
        }
        #expect(error?.code == .timedOut)
        #expect(error?.outcome == .notSent)
    }

    @Test func `a proxy that cannot be reached means not sent`() async throws {
        let client = CurlClient(variables: ["http_proxy": "127.0.0.1:\(try ScriptedServer.closedPort())"])
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(.make(.post, "host.invalid"), body: [1], deadline: .soon)
        }
        #expect(error?.code == .couldNotConnect)
        #expect(error?.outcome == .notSent)
    }

    @Test(arguments: ["no_proxy", "NO_PROXY"])
    func `hosts in no_proxy are called directly`(variable: String) async throws {
        let (proxy, server) = (try ScriptedServer.answering(), try ScriptedServer.answering())
        let client = CurlClient(variables: ["http_proxy": proxy.authority, variable: "example.com,127.0.0.1"])
        _ = try await client.send(.make(server), deadline: .soon)
        #expect(proxy.connectionCount == 0)
        #expect(server.requests.map(\.target) == ["/"])
    }

    @Test func `HTTP_PROXY in capitals, empty variables and the other scheme's proxy are not used`() async throws {
        let (proxy, server) = (try ScriptedServer.answering(), try ScriptedServer.answering())
        let client = CurlClient(variables: [
            "HTTP_PROXY": proxy.authority, "https_proxy": proxy.authority, "http_proxy": "", "all_proxy": "",
        ])
        _ = try await client.send(.make(server), deadline: .soon)
        #expect(proxy.connectionCount == 0)
        #expect(server.requests.count == 1)
    }

    @Test func `what a proxy may have passed on is not sent again`() async throws {
        let proxy = try ScriptedServer { connection in
            _ = try connection.readRequest()
            try connection.answer()
            _ = try connection.readRequest()
        }
        let client = CurlClient(variables: ["http_proxy": proxy.authority])
        _ = try await client.send(.make(.post, "host.invalid"), deadline: .soon)
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(.make(.post, "host.invalid"), body: [1], deadline: .soon)
        }
        #expect(error?.code == .connectionLost)
        #expect(error?.outcome == .unknown)
        proxy.stop()
        #expect(proxy.requests.count == 2)
    }

    @Test func `a tunnel is kept, carries TLS to the host itself, and is replaced when the host closes it`()
        async throws
    {
        let authority = try TLSAuthority()
        let server = try ScriptedServer(tls: authority.certificate(for: "host.invalid")) { connection in
            for _ in 1...2 {
                guard try connection.readRequest() != nil else { return }
                try connection.answer(.init("through"))
            }
        }
        let proxy = try ScriptedServer { connection in
            _ = try connection.readRequest()
            try connection.send("HTTP/1.1 200 Connection established\r\nX-Proxy: 1\r\n\r\n")
            try connection.relay(to: server.port)
        }
        let client = CurlClient(variables: ["https_proxy": proxy.authority, "SSL_CERT_FILE": authority.bundle])
        for _ in 1...4 {
            let answer = try await client.send(
                HTTPRequest(
                    method: .post, scheme: "https", authority: "host.invalid", path: "/p",
                    headerFields: [.authorization: "secret"]), body: [1], deadline: .soon)
            #expect(answer.body == Array("through".utf8))
            #expect(answer.head.headerFields.map(\.name.rawName) == ["Content-Length"])
            if server.requests.count.isMultiple(of: 2) {
                while proxy.openConnectionCount > 0 { try await Task.sleep(for: .milliseconds(1)) }
            }
        }
        #expect(server.requests.map(\.connection) == [0, 0, 1, 1])
        #expect(proxy.requests.map(\.target) == ["host.invalid:443", "host.invalid:443"])
        #expect(proxy.requests.first?["Authorization"] == nil)
    }
}
