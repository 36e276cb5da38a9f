import AlexaVerification
import TestSupport
import Testing

@Suite(.takingTurns) struct ChainFetchTests {
    let pem: [UInt8]

    init() throws {
        let authority = try ChainFixture.authority.get()
        pem = authority.leaf.pem + authority.intermediate.pem
    }

    @Test func `a chain that verified is fetched once for all spellings of its URL`() async throws {
        let fixture = try ChainFixture { [pem] in .init(body: pem) }
        for url in [
            ChainFixture.url, ChainFixture.url, "HTTPS://S3.AMAZONAWS.COM:443/x/../echo.api/./echo-api-cert-12.pem",
        ] {
            #expect(try await fixture.verify(url) == nil)
        }
        #expect(fixture.server.requests.map(\.target) == ["/echo.api/echo-api-cert-12.pem"])
        #expect(fixture.server.requests.first?["Host"] == "s3.amazonaws.com")
        #expect(fixture.proxy.requests.map(\.target) == ["s3.amazonaws.com:443"])
    }

    @Test func `32 chains are kept, and the one not used for longest goes first`() async throws {
        let fixture = try ChainFixture { [pem] in .init(body: pem) }
        func verify(_ number: Int) async throws {
            #expect(try await fixture.verify("https://s3.amazonaws.com/echo.api/\(number).pem") == nil)
        }
        for number in 0..<32 { try await verify(number) }
        try await verify(0)
        #expect(fixture.server.requests.count == 32)
        try await verify(32)
        try await verify(0)
        #expect(fixture.server.requests.count == 33)
        try await verify(1)
        #expect(fixture.server.requests.count == 34)
    }

    @Test func `the dates of a kept chain are checked at each use`() async throws {
        let fixture = try ChainFixture { [pem] in .init(body: pem) }
        #expect(try await fixture.verify() == nil)
        fixture.advance(days: 29)
        #expect(try await fixture.verify() == nil)
        #expect(fixture.server.requests.count == 1)
        fixture.advance(days: 2)
        #expect(try await fixture.verify()?.code == .untrustedChain)
        #expect(fixture.server.requests.count == 2)
        fixture.advance(days: -2)
        #expect(try await fixture.verify() == nil)
        #expect(fixture.server.requests.count == 3)
        // Nobody knows how old it is, once the wall clock has gone back.
        fixture.advance(days: -1)
        #expect(try await fixture.verify() == nil)
        #expect(fixture.server.requests.count == 4)
        fixture.advance(days: -37)
        #expect(try await fixture.verify()?.code == .untrustedChain)
        #expect(fixture.server.requests.count == 5)
    }

    @Test func `a chain that comes with a wrong signature is kept, since it verified`() async throws {
        let fixture = try ChainFixture { [pem] in .init(body: pem) }
        #expect(try await fixture.verify(signature: "AAAA")?.code == .wrongSignature)
        #expect(try await fixture.verify() == nil)
        #expect(fixture.server.requests.count == 1)
    }

    @Test(arguments: [201, 204, 301, 302, 304, 403, 404, 500, 503])
    func `any status but 200 is refused`(status: Int) async throws {
        let fixture = try ChainFixture { [pem] in
            .init(
                status: status, headers: [("Location", ChainFixture.url)],
                body: status == 204 || status == 304 ? [] : pem
            )
        }
        #expect(try await fixture.verify()?.code == .chainNotFetched)
        #expect(fixture.server.requests.count == 1)
    }

    @Test func `a chain over 64 KB is refused, one of 64 KB taken`() async throws {
        let full = pem + [UInt8](repeating: 0x0A, count: (64 << 10) - pem.count)
        let (taken, refused) = try (ChainFixture { .init(body: full) }, ChainFixture { .init(body: full + [0x0A]) })
        #expect(try await taken.verify() == nil)
        #expect(try await refused.verify()?.code == .chainNotFetched)
    }

    @Test func `a server that TLS does not trust is not asked`() async throws {
        let fixture = try ChainFixture(host: "s3.amazonaws.com.example") { [pem] in .init(body: pem) }
        #expect(try await fixture.verify()?.code == .chainNotFetched)
        #expect(fixture.server.requests.isEmpty)
        #expect(fixture.server.connectionCount == 1)
    }

    @Test func `a chain that does not come whole in time is refused`() async throws {
        let script: ScriptedServer.Script = { connection in
            _ = try connection.readRequest()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n-----BEGIN")
            connection.hang()
        }
        let patient = try ChainFixture(fetchTime: .milliseconds(300), script: script)
        let start = ContinuousClock.now
        #expect(try await patient.verify()?.code == .chainNotFetched)
        #expect(ContinuousClock.now - start < .seconds(3))
        let hurried = try ChainFixture(script: script)
        #expect(try await hurried.verify(deadline: .now + .milliseconds(300))?.code == .chainNotFetched)
        #expect(ContinuousClock.now - start < .seconds(6))
    }
}
