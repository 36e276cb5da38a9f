import HTTPTypes
import TestSupport
import Testing

@testable import HTTPClient

@Suite(.takingTurns) struct RedirectTests {
    let client = CurlClient(variables: [:])
    let following = RequestOptions(redirects: .followed(maximum: 3))

    /// `/302` redirects with that status to `/target`, or to where `elsewhere` says; anything else is answered.
    private func server(_ elsewhere: String = "target") throws -> ScriptedServer {
        try .answering { request in
            guard let status = Int(request.target.dropFirst()) else { return .init("arrived") }
            return .init(status: status, headers: [("Location", elsewhere)])
        }
    }

    @Test func `a redirect is the answer unless following was asked for`() async throws {
        let server = try server()
        let answer = try await client.send(.make(server, "/302"), deadline: .soon)
        #expect(answer.head.status == .found)
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [
        (301, "GET", "GET"), (302, "GET", "GET"), (303, "GET", "GET"), (307, "GET", "GET"), (308, "HEAD", "HEAD"),
        (303, "HEAD", "HEAD"), (301, "POST", "GET"), (302, "POST", "GET"), (303, "PUT", "GET"), (302, "PUT", "PUT"),
        (307, "POST", "POST"), (308, "PATCH", "PATCH"),
    ])
    func `a redirect within the origin keeps credentials, and the method as the status says`(
        status: Int, method: String, next: String
    ) async throws {
        let server = try server()
        let body = ["GET", "HEAD"].contains(method) ? [] : Array("body".utf8)
        let answer = try await client.send(
            .make(#require(.init(method)), server, "/\(status)", [.authorization: "t", .contentType: "text/plain"]),
            body: body, options: following, deadline: .soon)
        #expect(answer.head.status == .ok)
        #expect(server.requests.map(\.target) == ["/\(status)", "/target"])
        let second = try #require(server.requests.last)
        #expect(second.method == next)
        #expect(second["Authorization"] == "t")
        #expect(second.body == (next == "GET" ? [] : body))
    }

    @Test func `another host gets neither credentials nor a body`() async throws {
        let other = try ScriptedServer.answering()
        let server = try server("http://\(other.authority)/there?q=1")
        let fields: HTTPFields = try [
            .authorization: "secret", .cookie: "secret", #require(.init("X-Api-Key")): "secret", .accept: "text/plain",
        ]
        _ = try await client.send(.make(.get, server, "/302", fields), options: following, deadline: .soon)
        let request = try #require(other.requests.first)
        #expect(request.target == "/there?q=1")
        #expect(request.headers.map(\.name) == ["Host", "Accept"])
        #expect(request["Host"] == other.authority)

        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(.make(.post, server, "/307"), body: [1], options: following, deadline: .soon)
        }
        #expect(error?.code == .redirectRefused)
        #expect(other.requests.count == 1)
    }

    @Test func `redirects are followed as often as allowed`() async throws {
        let server = try ScriptedServer.answering { request in
            let left = Int(request.target.dropFirst()) ?? 0
            return left == 0 ? .init("end") : .init(status: 302, headers: [("Location", "/\(left - 1)")])
        }
        let answer = try await client.send(.make(server, "/3"), options: following, deadline: .soon)
        #expect(answer.body == Array("end".utf8))
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(.make(server, "/4"), options: following, deadline: .soon)
        }
        #expect(error?.code == .redirectRefused)
        #expect(server.requests.count == 8)
    }

    @Test(arguments: ["ftp://host/x", "file:///etc/passwd", "http://[bad", "javascript:1"])
    func `what is no web address is refused`(location: String) async throws {
        let server = try server(location)
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(.make(server, "/302"), options: following, deadline: .soon)
        }
        #expect(error?.code == .redirectRefused)
    }

    @Test func `https never leads to http`() throws {
        let secure = HTTPRequest(method: .get, scheme: "https", authority: "a.example", path: "/x/y?z")
        func redirect(_ location: String) throws(HTTPClientError) -> HTTPRequest? {
            let answer = HTTPResponse(status: .found, headerFields: [.location: location])
            return try Redirect(answer, to: secure, body: [])?.request
        }
        #expect(throws: HTTPClientError.self) { try redirect("http://a.example/x") }
        #expect(try redirect("//b.example:8443/p")?.authority == "b.example:8443")
        #expect(try redirect("?only=query")?.path == "/x/y?only=query")
        #expect(try redirect("../up")?.path == "/up")
        #expect(try redirect("https://user:pass@a.example/#part")?.authority == "a.example")
        #expect(try redirect("/sp ace")?.path == "/sp%20ace")
    }
}
