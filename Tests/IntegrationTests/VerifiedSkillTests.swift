import Foundation
import TestSupport
import Testing

/// The built bootstrap of AlexaCRM under HTTPS: it fetches the signing chain through the proxy in the environment, and
/// trusts the authority of `SSL_CERT_FILE`.
@Suite(.takingTurns) struct VerifiedSkillTests {
    private static let skillID = "amzn1.ask.skill.7f2d6f0e-1c1a-4f39-9f0b-0c1d2e3f4a5b"

    private static func body(age: Double) throws -> Data {
        let envelope: [String: Any] = [
            "version": "1.0", "context": ["System": ["application": ["applicationId": skillID]]],
            "request": [
                "type": "IntentRequest", "requestId": "r", "locale": "de-DE", "intent": ["name": "AMAZON.StopIntent"],
                "timestamp": Date.now.addingTimeInterval(-age).formatted(.iso8601),
            ],
        ]
        return try JSONSerialization.data(withJSONObject: envelope)
    }

    private static func event(_ body: Data, _ signature: String?) throws -> String {
        var headers = ["signaturecertchainurl": "https://s3.amazonaws.com/echo.api/cert.pem"]
        headers["signature-256"] = signature
        let event: [String: Any] = [
            "version": "2.0", "rawPath": "/", "headers": headers, "isBase64Encoded": true,
            "body": body.base64EncodedString(), "requestContext": ["http": ["method": "POST", "path": "/"]],
        ]
        return String(decoding: try JSONSerialization.data(withJSONObject: event), as: UTF8.self)
    }

    @Test func `the bootstrap answers a signed request, and 400 to all that are not`() async throws {
        let authority = try SigningAuthority()
        let chains = try ChainServer(authority)
        let (body, old) = (try Self.body(age: 0), try Self.body(age: 200))
        let changed = Data(String(decoding: body, as: UTF8.self).replacing("Stop", with: "Help").utf8)
        let signature = try authority.sign(Array(body))
        let events = [
            try Self.event(body, signature), try Self.event(changed, signature), try Self.event(body, nil),
            try Self.event(old, authority.sign(Array(old))), try Self.event(body, signature),
        ]
        let script = RuntimeAPIScript(events.enumerated().map { .init("e\($0)", $1) })
        let server = try ScriptedServer(script.serve)
        let process = try TestProcess(
            TestProcess.bootstrap("AlexaCRM"),
            environment: chains.environment.merging([
                "AWS_LAMBDA_RUNTIME_API": server.authority, "ALEXA_SKILL_ID": Self.skillID,
                "CRM_API_URL": "http://127.0.0.1:9", "IDEMPOTENCY_TABLE": "t", "AWS_REGION": "eu-west-1",
                "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
            ]) { $1 })
        _ = try await process.status()
        let answers = try server.requests.filter { $0.method == "POST" }.map { request in
            try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        }
        #expect(answers.map { $0?["statusCode"] as? Int } == [200, 400, 400, 400, 200])
        #expect((answers.first??["body"] as? String)?.contains("Bis bald.") == true)
        // The chain is kept after the first.
        #expect(chains.server.requests.count == 1)
        #expect(!process.errorOutput.contains(signature))
    }
}
