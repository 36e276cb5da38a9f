import Calling
import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@Suite(.takingTurns) struct TLSTests {
    let authority: TLSAuthority
    let client: CurlClient

    init() throws {
        authority = try TLSAuthority()
        client = CurlClient(variables: ["SSL_CERT_FILE": authority.bundle])
    }

    private func request(_ server: ScriptedServer, host: String = "localhost") -> HTTPRequest {
        HTTPRequest(method: .post, scheme: "https", authority: "\(host):\(server.port)", path: "/secret")
    }

    /// Returns the error of a call that must fail, after checking that the server received no request.
    private func refusal(
        _ certificate: TLSCertificate, by client: CurlClient? = nil, host: String = "localhost"
    ) async throws -> HTTPClientError {
        let server = try ScriptedServer.answering(tls: certificate)
        let error = try #require(
            await failure { () async throws(HTTPClientError) in
                try await (client ?? self.client).send(
                    request(server, host: host), body: Array("secret".utf8), deadline: .soon)
            })
        server.stop()
        #expect(server.requests.isEmpty)
        #expect(error.code == .tlsFailed)
        #expect(error.outcome == .notSent)
        #expect(error.description.contains("\(host):\(server.port)"))
        #expect(!error.description.contains("secret"))
        return error
    }

    @Test func `a server that our authority vouches for is called, on one connection`() async throws {
        let server = try ScriptedServer.answering(tls: authority.certificate(for: "localhost")) { request in
            .init(request.text)
        }
        for number in 1...5 {
            let answer = try await client.send(request(server), body: Array("\(number)".utf8), deadline: .soon)
            #expect(answer.body == Array("\(number)".utf8))
        }
        #expect(server.requests.map(\.connection) == [0, 0, 0, 0, 0])
    }

    @Test func `a certificate for another host is refused`() async throws {
        let error = try await refusal(authority.certificate(for: "other.example"))
        #expect(error.description.contains("localhost"))
        // Nor is a name valid for its address.
        _ = try await refusal(authority.certificate(for: "localhost"), host: "127.0.0.1")
    }

    @Test func `an expired certificate is refused`() async throws {
        let error = try await refusal(authority.certificate(for: "localhost", .expired))
        #expect(error.description.contains("expired"))
    }

    @Test func `a self-signed certificate is refused`() async throws {
        let error = try await refusal(authority.selfSigned(for: "localhost"))
        #expect(error.description.contains("self-signed") || error.description.contains("self signed"))
    }

    @Test func `an authority that is not in the bundle is refused`() async throws {
        let stranger = try TLSAuthority()
        let error = try await refusal(stranger.certificate(for: "localhost"))
        #expect(error.description.contains("issuer") || error.description.contains("self"))
        // The system's own bundle does not contain the tests' authority, whatever libcurl was built with.
        _ = try await refusal(authority.certificate(for: "localhost"), by: CurlClient(variables: [:]))
    }

    @Test(arguments: ["SSL_CERT_FILE", "CURL_CA_BUNDLE"])
    func `a bundle that is named and missing is an error that says so`(variable: String) async throws {
        let client = CurlClient(variables: [variable: "/nowhere/ca.pem"])
        let error = try await refusal(authority.certificate(for: "localhost"), by: client)
        #expect(error.description.contains(variable))
        let plain = try ScriptedServer.answering()
        _ = try await client.send(.make(plain), deadline: .soon)
    }

    @Test(arguments: [
        "", "# nothing but a comment\n", "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
    ])
    func `a bundle without a certificate is an error that says so`(text: String) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "bundle-\(UUID().uuidString).pem").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let client = CurlClient(variables: ["SSL_CERT_FILE": path])
        let error = try await refusal(authority.certificate(for: "localhost"), by: client)
        #expect(error.description.contains("SSL_CERT_FILE"))
        #expect(!error.description.contains("callback"))
    }

    @Test func `SSL_CERT_FILE is asked before CURL_CA_BUNDLE, and each works`() async throws {
        let certificate = try authority.certificate(for: "localhost")
        let stranger = try TLSAuthority()
        let server = try ScriptedServer.answering(tls: certificate)
        for variables in [
            ["CURL_CA_BUNDLE": authority.bundle],
            ["SSL_CERT_FILE": authority.bundle, "CURL_CA_BUNDLE": stranger.bundle],
            ["SSL_CERT_FILE": "", "CURL_CA_BUNDLE": authority.bundle],
        ] {
            _ = try await CurlClient(variables: variables).send(request(server), deadline: .soon)
        }
        let wrong = CurlClient(variables: ["SSL_CERT_FILE": stranger.bundle, "CURL_CA_BUNDLE": authority.bundle])
        _ = try await refusal(certificate, by: wrong)
    }

    @Test func `a server that speaks no TLS is refused before anything is sent`() async throws {
        let server = try ScriptedServer { connection in
            _ = try connection.read(count: 1)
            try connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
        }
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(request(server), body: [1], deadline: .soon)
        }
        #expect(error?.code == .tlsFailed)
        #expect(error?.outcome == .notSent)
    }

    @Test func `a server that never shakes hands is left at the deadline, not sent`() async throws {
        let server = try ScriptedServer { connection in connection.hang() }
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(request(server), body: [1], deadline: .now + .milliseconds(300))
        }
        #expect(error?.code == .timedOut)
        #expect(error?.outcome == .notSent)
    }

    @Test(arguments: [false, true])
    func `an idle connection that the server closed or reset is replaced before use`(isReset: Bool) async throws {
        let server = try ScriptedServer(tls: authority.certificate(for: "localhost")) { connection in
            _ = try connection.readRequest()
            try connection.answer()
            if isReset {
                try connection.sleep(for: .milliseconds(20))
                connection.reset()
            }
        }
        for _ in 1...4 {
            _ = try await client.send(request(server), body: [1], deadline: .soon)
            while server.openConnectionCount > 0 { try await Task.sleep(for: .milliseconds(1)) }
        }
        #expect(server.requests.map(\.connection) == [0, 1, 2, 3])
    }

    @Test(arguments: [false, true])
    func `a request read on a kept connection that then ends arrives once`(isReset: Bool) async throws {
        let server = try ScriptedServer(tls: authority.certificate(for: "localhost")) { connection in
            _ = try connection.readRequest()
            try connection.answer()
            _ = try connection.readRequest()
            if isReset { connection.reset() }
        }
        _ = try await client.send(request(server), body: [1], deadline: .soon)
        let error = await failure { () async throws(HTTPClientError) in
            try await client.send(request(server), body: [2], deadline: .soon)
        }
        #expect(error?.code == .connectionLost)
        #expect(error?.outcome == .unknown)
        server.stop()
        #expect(server.requests.map(\.body) == [[1], [2]])
        #expect(server.connectionCount == 1)
    }

    @Test func `TLS older than 1.2 is refused`() async throws {
        var certificate = try authority.certificate(for: "localhost")
        certificate.serves = .onlyTLS11
        let error = try await refusal(certificate)
        #expect(error.description.contains("protocol") || error.description.contains("version"))
    }
}
