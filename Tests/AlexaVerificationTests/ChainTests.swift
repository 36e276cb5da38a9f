import AlexaVerification
import HTTPClient
import TestSupport
import Testing

@Suite(.takingTurns) struct ChainTests {
    let authority: SigningAuthority

    init() throws {
        authority = try ChainFixture.authority.get()
    }

    /// Returns the refusal of a request with this chain, signed by the leaf's key; the chain must not be cached.
    private func refusal(_ certificates: SigningAuthority.Certificate...) async throws -> String? {
        try await refusal(pem: certificates.flatMap(\.pem))
    }

    private func refusal(pem: [UInt8]) async throws -> String? {
        let fixture = try ChainFixture { .init(body: pem) }
        let refusal = try await fixture.verify()
        #expect(refusal?.code == .untrustedChain)
        _ = try await fixture.verify()
        #expect(fixture.server.requests.count == 2)
        return refusal?.description
    }

    @Test func `a whole chain is accepted, with its root and without`() async throws {
        #expect(try await ChainFixture(authority.leaf, authority.intermediate, authority.root).verify() == nil)
        #expect(try await ChainFixture(authority.leaf, authority.intermediate).verify() == nil)
    }

    @Test func `the order of the issuers does not matter`() async throws {
        #expect(try await ChainFixture(authority.leaf, authority.root, authority.intermediate).verify() == nil)
    }

    @Test func `the name may stand among others`() async throws {
        let leaf = try authority.certificate(
            "subjectAltName=DNS:a.example,DNS:echo-api.amazon.com,DNS:b.example", by: authority.intermediate)
        #expect(try await ChainFixture(leaf, authority.intermediate).verify() == nil)
    }

    @Test func `a chain without its intermediate is refused`() async throws {
        #expect(try await refusal(authority.leaf)?.contains("issuer") == true)
        #expect(try await refusal(authority.leaf, authority.root)?.contains("issuer") == true)
    }

    @Test func `a root that is not trusted is refused, also when it comes along`() async throws {
        let stranger = try SigningAuthority()
        #expect(try await refusal(stranger.leaf, stranger.intermediate, stranger.root) != nil)
        #expect(try await refusal(stranger.leaf, stranger.intermediate) != nil)
    }

    @Test(arguments: [
        "DNS:echo-api.amazon.com.evil.example", "DNS:xecho-api.amazon.com", "DNS:*.amazon.com",
        "DNS:echo-api.amazon.co", "DNS:.amazon.com", "DNS:amazon.com", "email:a@echo-api.amazon.com",
        "URI:https://echo-api.amazon.com",
    ])
    func `a name that only looks like it is refused`(name: String) async throws {
        let leaf = try authority.certificate(
            "subjectAltName=\(name)", commonName: "echo-api.amazon.com", by: authority.intermediate)
        #expect(try await refusal(leaf, authority.intermediate)?.contains("echo-api.amazon.com") == true)
    }

    @Test func `a common name does not count`() async throws {
        let leaf = try authority.certificate(
            "basicConstraints=CA:FALSE", commonName: "echo-api.amazon.com", by: authority.intermediate)
        #expect(try await refusal(leaf, authority.intermediate)?.contains("echo-api.amazon.com") == true)
    }

    @Test func `a leaf that has expired, or is not valid yet, is refused`() async throws {
        let expired = try authority.certificate(by: authority.intermediate, days: -10 ... -1)
        #expect(try await refusal(expired, authority.intermediate)?.contains("expired") == true)
        let future = try authority.certificate(by: authority.intermediate, days: 1...10)
        #expect(try await refusal(future, authority.intermediate)?.contains("not yet valid") == true)
    }

    @Test func `an intermediate that has expired is refused`() async throws {
        let expired = try authority.certificate(
            SigningAuthority.authorityExtensions, commonName: "old", by: authority.root, days: -10 ... -1)
        let leaf = try authority.certificate(by: expired)
        #expect(try await refusal(leaf, expired)?.contains("expired") == true)
    }

    @Test func `a chain signed over SHA-1 is refused`() async throws {
        let leaf = try authority.certificate(by: authority.intermediate, digest: "sha1")
        #expect(try await refusal(leaf, authority.intermediate) != nil)
        let intermediate = try authority.certificate(
            SigningAuthority.authorityExtensions, commonName: "weak", by: authority.root, digest: "sha1")
        let sound = try authority.certificate(by: intermediate)
        #expect(try await refusal(sound, intermediate) != nil)
    }

    @Test func `a self-signed certificate is refused, also when it is a root itself`() async throws {
        let lone = try authority.certificate(by: nil)
        #expect(try await refusal(lone) != nil)
        let pem = lone.pem
        let trusting = try ChainFixture(roots: .pem(pem)) { .init(body: pem) }
        #expect(try await trusting.verify()?.code == .untrustedChain)
    }

    @Test(arguments: ["basicConstraints=critical,CA:FALSE", "keyUsage=critical,keyCertSign", "subjectAltName=DNS:x.y"])
    func `a leaf issued by a certificate that is no authority is refused`(extensions: String) async throws {
        let issuer = try authority.certificate(extensions, commonName: "no authority", by: authority.intermediate)
        let leaf = try authority.certificate(by: issuer)
        #expect(try await refusal(leaf, issuer, authority.intermediate) != nil)
    }

    @Test func `a leaf whose key is not RSA is refused`() async throws {
        let leaf = try authority.certificate(by: authority.intermediate, kind: .ec)
        #expect(try await refusal(leaf, authority.intermediate)?.contains("RSA") == true)
    }

    @Test func `what is no PEM, or a broken one, is refused`() async throws {
        let block = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
        for text in ["", "\n", "<html>", block, "-----BEGIN CERTIFICATE-----\nMIIB"] {
            #expect(try await refusal(pem: Array(text.utf8))?.contains("PEM") == true)
        }
        #expect(
            try await refusal(pem: authority.leaf.pem + authority.intermediate.pem + Array(block.utf8)) != nil)
    }

    @Test func `the roots of TLS are trusted when none are given`() async throws {
        let tls = try TLSAuthority()
        let pem = authority.leaf.pem + authority.intermediate.pem
        func fixture(_ bundle: String?) throws -> ChainFixture {
            try ChainFixture(tls: tls, roots: .ofTLS(CurlClient.Configuration { $0 == "SSL_CERT_FILE" ? bundle : nil }))
            {
                .init(body: pem)
            }
        }
        #expect(try await fixture(authority.root.file).verify() == nil)
        #expect(try await fixture(tls.bundle).verify()?.code == .untrustedChain)
        #expect(try await fixture("/nowhere/ca.pem").verify()?.code == .noTrustedRoots)
        #expect(try await fixture("/nowhere/ca.pem").verify()?.description.contains("SSL_CERT_FILE") == true)
    }
}
