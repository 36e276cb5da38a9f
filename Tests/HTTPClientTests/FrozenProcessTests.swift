import HTTPTypes
import TestSupport
import Testing

@testable import HTTPClient

/// State that a client keeps while Lambda has frozen the process: the wall clock goes on, libcurl's own clock does not.
@Suite(.takingTurns) struct FrozenProcessTests {
    private let clock = FrozenClock()

    private func client(_ variables: [String: String] = [:]) -> CurlClient {
        CurlClient(CurlClient.Configuration(variable: { variables[$0] }, now: { [clock] in clock.moment }))
    }

    @Test func `a connection that was idle by the wall clock alone is replaced`() async throws {
        let server = try ScriptedServer.answering()
        let client = client()
        for seconds in [0.0, 29, 31, 0, -1, 0] {
            clock.advance(seconds: seconds)
            _ = try await client.send(.make(.post, server), body: [1], deadline: .soon)
        }
        // A wall clock that went back leaves the age unknown.
        #expect(server.requests.map(\.connection) == [0, 0, 1, 1, 2, 2])
    }

    @Test(arguments: [false, true])
    func `a send that a dead connection would lose goes over a new one`(isSecure: Bool) async throws {
        let authority = try TLSAuthority()
        // The behaviour of a load balancer that has forgotten the connection: it reads no byte, and sends a reset.
        let script: ScriptedServer.Script = { connection in
            guard try connection.readRequest() != nil else { return }
            try connection.answer()
            guard try connection.readRequest() != nil else { return }
            connection.reset()
        }
        let server = try ScriptedServer(tls: isSecure ? authority.certificate(for: "localhost") : nil, script)
        let client = client(["SSL_CERT_FILE": authority.bundle])
        let options = RequestOptions(maximumIdle: .seconds(5))
        let request = HTTPRequest(
            method: .post, scheme: isSecure ? "https" : "http", authority: "localhost:\(server.port)", path: "/")
        for connections in 1...3 {
            _ = try await client.send(request, body: [1], options: options, deadline: .soon)
            #expect(server.requests.count == connections)
            clock.advance(seconds: 6)
        }
        #expect(server.requests.map(\.connection) == [0, 1, 2])
    }

    @Test func `a host's address is looked up anew a minute later, by the wall clock too`() {
        var names = ResolvedNames()
        let steps = [
            ("a:443", 0.0, false), ("a:443", 0, true), ("a:443", 59, true), ("b:443", 0, false), ("a:443", 1, false),
            ("b:443", 0, true), ("a:443", -1, false),
        ]
        for (host, seconds, isFresh) in steps {
            clock.advance(seconds: seconds)
            let answer = names.isFresh(host, clock.moment)
            #expect(answer == isFresh, "\(host) \(seconds) s later")
        }
    }
}
