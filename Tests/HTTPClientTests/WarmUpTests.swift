import Calling
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Connections that are opened before the first call.
@Suite(.takingTurns) struct WarmUpTests {
    @Test(arguments: [false, true])
    func `a connection is opened without a request, and the first call uses it`(isSecure: Bool) async throws {
        let authority = try TLSAuthority()
        let client = CurlClient(variables: ["SSL_CERT_FILE": authority.bundle])
        let server =
            try isSecure
            ? ScriptedServer.answering(tls: authority.certificate(for: "localhost")) : ScriptedServer.answering()
        let origin = Endpoint(scheme: isSecure ? "https" : "http", authority: "localhost:\(server.port)")
        client.expect(origin)
        client.expect(origin)
        await client.warmUp()
        // By now the server's session tickets wait on the connection.
        try await Task.sleep(for: .milliseconds(100))
        #expect(server.openConnectionCount == 1)
        #expect(server.requests.isEmpty)
        for body in ["one", "two"] {
            let request = HTTPRequest(method: .post, scheme: origin.scheme, authority: origin.authority, path: "/")
            let answer = try await client.send(request, body: Array(body.utf8), deadline: .soon)
            #expect(answer.head.status == .ok)
        }
        #expect(server.requests.map(\.connection) == [0, 0])
        server.stop()
    }

    @Test func `a connection that the server ended while it waited is not used`() async throws {
        let authority = try TLSAuthority()
        let client = CurlClient(variables: ["SSL_CERT_FILE": authority.bundle])
        // The first ends at once, its tickets and the closing alert unread; a request on it would be lost.
        let accepted = Counter()
        let server = try ScriptedServer(tls: authority.certificate(for: "localhost")) { connection in
            guard accepted.increment() > 1 else { return }
            while try connection.readRequest() != nil { try connection.answer() }
        }
        let origin = Endpoint(scheme: "https", authority: "localhost:\(server.port)")
        client.expect(origin)
        await client.warmUp()
        try await Task.sleep(for: .milliseconds(100))
        let request = HTTPRequest(method: .post, scheme: origin.scheme, authority: origin.authority, path: "/")
        let answer = try await client.send(request, body: [1], deadline: .soon)
        #expect(answer.head.status == .ok)
        #expect(server.requests.map(\.connection) == [1])
        server.stop()
    }

    @Test func `nothing is opened that nobody declared`() async throws {
        let server = try ScriptedServer.answering()
        await CurlClient(variables: [:]).warmUp()
        #expect(server.openConnectionCount == 0)
        server.stop()
    }

    @Test func `a server that is not there, or hangs, or is not trusted, is left to the first call`() async throws {
        let authority = try TLSAuthority()
        let client = CurlClient(variables: ["SSL_CERT_FILE": authority.bundle])
        // It waits for a request while the client waits for its part of the handshake.
        let hanging = try ScriptedServer.answering()
        let unknown = try TLSAuthority()
        let stranger = try ScriptedServer.answering(tls: unknown.certificate(for: "localhost"))
        client.expect(Endpoint(scheme: "https", authority: "127.0.0.1:\(hanging.port)"))
        client.expect(Endpoint(scheme: "https", authority: "localhost:\(stranger.port)"))
        client.expect(Endpoint(scheme: "http", authority: "127.0.0.1:1"))
        client.expect(Endpoint(scheme: "http", authority: "no such host"))
        let start = ContinuousClock.now
        await client.warmUp()
        #expect(ContinuousClock.now - start < CurlClient.warmUpTime + .milliseconds(200))
        #expect(stranger.requests.isEmpty)
        let request = HTTPRequest(method: .get, scheme: "https", authority: "localhost:\(stranger.port)", path: "/")
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(request, deadline: .soon)
        }
        #expect(error?.code == .tlsFailed)
        hanging.stop()
        stranger.stop()
        // It removes its files when nobody needs it.
        withExtendedLifetime(unknown) {}
    }
}
