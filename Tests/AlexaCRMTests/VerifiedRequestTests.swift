import AlexaVerification
import Foundation
import HTTPClient
import HTTPEvents
import JSON
import TestSupport
import Testing

@testable import AlexaCRM

/// Requests over HTTP with verification on: signed under an authority of the tests' own, whose chain is fetched over TLS
/// through a proxy that leads to a server of the tests'.
@Suite(.takingTurns) struct VerifiedRequestTests {
    private static let url = "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem"
    /// The time that the verifier is told.
    private static let now = Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded(.down))

    private let authority: SigningAuthority
    private let chains: ChainServer
    private let fixture: CRMFixture

    init() async throws {
        authority = try SigningAuthority()
        chains = try ChainServer(authority)
        let variables = chains.environment
        fixture = try await CRMFixture(
            ["ASK_VERIFY_REQUESTS": "true"],
            verifier: RequestVerifier(
                http: CurlClient(CurlClient.Configuration { variables[$0] }),
                trustedRoots: .pem(authority.root.pem), now: { Self.now.timeIntervalSince1970 }))
    }

    private func body(_ intent: String = "TopLeadIntent", age: Double = 0) -> [UInt8] {
        fixture.envelope(intent, timestamp: Self.now.addingTimeInterval(-age).formatted(.iso8601)).bytes
    }

    /// Sends a body like a trigger, under the headers that Alexa sets, and returns the trigger's response.
    private func post(
        _ body: [UInt8], _ form: HTTPEvent.Form = .v2, isBase64: Bool = true, signed signedBody: [UInt8]? = nil,
        without missing: String? = nil
    ) async throws -> JSONValue {
        var headers: [String: JSONValue] = [
            "content-type": "application/json", "signaturecertchainurl": .string(Self.url),
            "signature-256": .string(try authority.sign(signedBody ?? body)), "signature": "b2xk",
        ]
        if let missing { headers[missing] = nil }
        var event: [String: JSONValue] = [
            "headers": .object(headers), "isBase64Encoded": .bool(isBase64), "path": "/",
            "body": .string(isBase64 ? Data(body).base64EncodedString() : String(decoding: body, as: UTF8.self)),
        ]
        let http: JSONValue = ["method": "POST", "path": "/"]
        switch form {
        case .v1: event.merge(["httpMethod": "POST", "requestContext": ["stage": "prod"]]) { $1 }
        case .v2: event.merge(["version": "2.0", "rawPath": "/", "requestContext": ["http": http]]) { $1 }
        case .functionURL:
            event["requestContext"] = ["http": http, "domainName": "x.lambda-url.eu-west-1.on.aws"]
        case .alb, .albMultiValue: event.merge(["httpMethod": "POST", "requestContext": ["elb": [:]]]) { $1 }
        }
        if form == .albMultiValue {
            event["multiValueHeaders"] = .object(headers.mapValues { [$0] })
            event["headers"] = nil
        }
        return try await fixture.invoke(JSONValue.object(event).bytes)
    }

    @Test(arguments: HTTPEvent.Form.allCases, [true, false])
    func `a signed request is answered with the skill's answer, in every form`(
        _ form: HTTPEvent.Form, _ isBase64: Bool
    ) async throws {
        let answer = try await post(body(), form, isBase64: isBase64)
        #expect(answer["statusCode"] == 200)
        let said = try JSONValue(parsing: Array(try #require(answer["body"]?.string).utf8))
        #expect(said.ssml == CRMSentence.topLead.ssml("en-US", ["name": "Testing C", "email": "mytest@email.com"]))
        #expect(chains.server.requests.map(\.target) == ["/echo.api/echo-api-cert-12.pem"])
        #expect(chains.proxy.requests.map(\.target) == ["s3.amazonaws.com:443"])
    }

    @Test(arguments: [HTTPEvent.Form.v1, .v2])
    func `a body with one byte changed is refused, and the CRM hears nothing`(_ form: HTTPEvent.Form) async throws {
        let body = body()
        for place in stride(from: 0, to: body.count, by: body.count / 7) {
            var changed = body
            // A blank for a blank's sake, or a letter for another: still JSON at most places, never what was signed.
            changed[place] = changed[place] == UInt8(ascii: "e") ? UInt8(ascii: "a") : changed[place] ^ 1
            #expect(try await post(changed, form, signed: body)["statusCode"] == 400)
        }
        #expect(try await post(body + [0x20], form, signed: body)["statusCode"] == 400)
        #expect(try await post(body, form)["statusCode"] == 200)
        #expect(fixture.wrapper.requests.count == 1)
    }

    @Test func `a request 150 s off is answered, one 151 s off or without a header refused before anything is fetched`()
        async throws
    {
        for age in [151.0, -151, 86400] { #expect(try await post(body(age: age))["statusCode"] == 400) }
        for header in ["signaturecertchainurl", "signature-256"] {
            #expect(try await post(body(), without: header)["statusCode"] == 400)
        }
        #expect(chains.proxy.connectionCount == 0 && fixture.wrapper.requests.isEmpty)
        for age in [150.0, -150] { #expect(try await post(body(age: age))["statusCode"] == 200) }
        // The warning says why, and nothing of the request.
        #expect(fixture.log.contains("A request was refused") && !fixture.log.contains("SECRETUSER"))
    }

    @Test func `a signed request that is no envelope, has no readable timestamp, or is for another skill is refused`()
        async throws
    {
        let timestamp = Self.now.formatted(.iso8601)
        for body in [
            "", "{", "[]", "null", "{}", #"{"request":[]}"#, #"{"request":{"timestamp":"\#(timestamp)"}}"#,
            #"{"request":{"type":7,"timestamp":"\#(timestamp)"}}"#,
            #"{"request":{"type":"LaunchRequest","timestamp":"\#(timestamp)"}}"#,
            #"{"request":{"type":"LaunchRequest","timestamp":\#(Int(Self.now.timeIntervalSince1970))}}"#,
            #"{"request":{"type":"LaunchRequest","timestamp":null}}"#,
            #"{"session":{"application":{"applicationId":"amzn1.ask.skill.other"}},"#
                + #""request":{"type":"LaunchRequest","timestamp":"\#(timestamp)"}}"#,
        ] {
            #expect(try await post(Array(body.utf8))["statusCode"] == 400, "\(body)")
        }
        // The id in the session alone is enough.
        let own =
            #"{"session":{"application":{"applicationId":"\#(CRMFixture.skillID)"}},"#
            + #""request":{"type":"LaunchRequest","timestamp":"\#(timestamp)"}}"#
        #expect(try await post(Array(own.utf8))["statusCode"] == 200)
    }

    @Test func `a chain that does not come is given up within 4 seconds, and the answer comes within 7`() async throws {
        let tls = try TLSAuthority()
        let hanging = try ChainServer(tls: tls) { connection in
            _ = try connection.readRequest()
            connection.hang()
        }
        let variables = hanging.environment
        let fixture = try await CRMFixture(
            ["ASK_VERIFY_REQUESTS": "true"],
            verifier: RequestVerifier(
                http: CurlClient(CurlClient.Configuration { variables[$0] }),
                trustedRoots: .pem(authority.root.pem), now: { Self.now.timeIntervalSince1970 }))
        let event: JSONValue = [
            "httpMethod": "POST", "path": "/", "requestContext": [:],
            "headers": [
                "SignatureCertChainUrl": .string(Self.url), "Signature-256": .string(try authority.sign(body())),
            ],
            "body": .string(String(decoding: body(), as: UTF8.self)),
        ]
        let start = ContinuousClock.now
        #expect(try await fixture.invoke(event.bytes)["statusCode"] == 400)
        #expect(.now - start < .seconds(6))
    }
}
