import AlexaVerification
import Foundation
import HTTPEvents
import JSON
import TestSupport
import Testing

@Suite(.takingTurns) struct SignatureTests {
    let authority: SigningAuthority
    let fixture: ChainFixture

    init() throws {
        authority = try ChainFixture.authority.get()
        fixture = try ChainFixture(authority.leaf, authority.intermediate)
    }

    @Test func `header names are taken in any case`() async throws {
        let signature = try authority.sign(ChainFixture.body)
        for headers: HTTPHeaders in [
            ["signaturecertchainurl": ChainFixture.url, "signature-256": signature],
            ["SIGNATURECERTCHAINURL": ChainFixture.url, "SIGNATURE-256": signature],
            ["Signature": "old", "SignatureCertChainUrl": ChainFixture.url, "Signature-256": signature],
        ] {
            #expect(try await fixture.verify(headers: headers) == nil)
        }
    }

    @Test func `the older signature alone is refused, and so is SHA-1 in the new header`() async throws {
        let old = try authority.sign(ChainFixture.body, digest: "sha1")
        #expect(
            try await fixture.verify(headers: ["SignatureCertChainUrl": ChainFixture.url, "Signature": old])?.code
                == .missingHeader)
        #expect(try await fixture.verify(signature: old)?.code == .wrongSignature)
    }

    @Test func `a signature by another key is refused`() async throws {
        let signature = try authority.sign(ChainFixture.body, with: authority.intermediate)
        #expect(try await fixture.verify(signature: signature)?.code == .wrongSignature)
    }

    @Test func `a body changed by one byte is refused`() async throws {
        let signature = try authority.sign(ChainFixture.body)
        #expect(try await fixture.verify(signature: signature) == nil)
        #expect(
            try await fixture.verify(body: ChainFixture.body + [0x20], signature: signature)?.code == .wrongSignature)
        #expect(try await fixture.verify(body: [], signature: signature)?.code == .wrongSignature)
    }

    @Test(arguments: ["", "!", "AAA", "AAAA", "AAAA=", " AAAA", "AA\nAA", String(repeating: "A", count: 4000)])
    func `what is no signature in base64 is refused`(signature: String) async throws {
        let code = try await fixture.verify(signature: signature)?.code
        #expect(code == (signature.isEmpty ? .missingHeader : .wrongSignature))
    }

    @Test func `a header that is missing or there twice is refused, and nothing is fetched`() async throws {
        let signature = try authority.sign(ChainFixture.body)
        for headers: HTTPHeaders in [
            [:], ["Signature-256": signature], ["SignatureCertChainUrl": ChainFixture.url],
            [
                "SignatureCertChainUrl": ChainFixture.url, "signaturecertchainurl": ChainFixture.url,
                "Signature-256": signature,
            ],
            ["SignatureCertChainUrl": ChainFixture.url, "Signature-256": signature, "signature-256": signature],
        ] {
            #expect(try await fixture.verify(headers: headers)?.code == .missingHeader)
        }
        #expect(fixture.proxy.connectionCount == 0)
    }

    @Test(arguments: HTTPEvent.Form.allCases, [false, true])
    func `the body's bytes count, whether the event has them as text or base64`(
        form: HTTPEvent.Form, isBase64: Bool
    ) async throws {
        let body = Array("{ \"name\" : \"Zo\u{EB}\\u00eb \u{1F600}\",\r\n\t\"request\":{}}\n".utf8)
        let headers = ["signaturecertchainurl": ChainFixture.url, "signature-256": try authority.sign(body)]
        let isMultiValue = form == .albMultiValue
        var event: [String: Any] = [
            "body": isBase64 ? Data(body).base64EncodedString() : String(decoding: body, as: UTF8.self),
            "isBase64Encoded": isBase64,
            (isMultiValue ? "multiValueHeaders" : "headers"):
                isMultiValue ? headers.mapValues { [$0] } as Any : headers,
        ]
        switch form {
        case .v1: event["httpMethod"] = "POST"
        case .v2: event["requestContext"] = ["http": ["method": "POST"]]
        case .functionURL:
            event["requestContext"] = ["http": ["method": "POST"], "domainName": "x.lambda-url.eu-west-1.on.aws"]
        case .alb, .albMultiValue: event.merge(["httpMethod": "POST", "requestContext": ["elb": [:]]]) { $1 }
        }
        event["path"] = "/"
        let bytes = Array(try JSONSerialization.data(withJSONObject: event))
        let decoded = try HTTPEvent(parsing: bytes)
        #expect(decoded.form == form)
        #expect(try await fixture.verify(body: decoded.body, headers: decoded.headers) == nil)
        #expect(
            try await fixture.verify(body: decoded.body.dropLast(), headers: decoded.headers)?.code == .wrongSignature)
    }
}
