import Calling
import Settings
import TestSupport
import Testing

@testable import VoiceIt

/// Every code of the contract's table, with its usual status, and with others.
@Suite(.takingTurns) struct ResponseCodeTests {
    static let verdicts: [(ResponseCode.Meaning, [String])] = [
        (.silence, ["NVDT"]),
        (
            .askAgain,
            ["SSTQ", "SSTL", "NEHSD", "NEHS", "SRNR", "SGTL", "IFAD", "EMPF", "STTF", "PDNM", "NSPE"]
        ),
        (.failure, ["FAIL", "RWPU", "FALI", "UDNM"]),
        (.notEnrolled, ["PNTE", "UNFD", "DDNE", "ENFD"]),
    ]
    /// Each with the variable that its sentence names.
    static let operators: [(String, variable: String)] = [
        ("DAID", "VOICEIT_SECRET_ARN"), ("ACLR", "VOICEIT_SECRET_ARN"), ("GERR", "VOICEIT_SECRET_ARN"),
        ("FBDN", "VOICEIT_SECRET_ARN"), ("AULR", "VOICEIT_SECRET_ARN"), ("MISP", "VOICEIT_SECRET_ARN"),
        ("EMNV", "VOICEIT_SECRET_ARN"), ("INPP", "VOICE_PHRASES"), ("NPFC", "VOICE_PHRASES"),
        ("INCP", "VOICE_CONTENT_LANGUAGE"), ("CLNE", "VOICE_CONTENT_LANGUAGE"),
    ]

    /// Runs `body` with a VoiceIt that always responds so, and a client of it.
    private func answering(
        _ status: Int, _ body: String, _ test: (VoiceItClient, ScriptedServer) async throws -> Void
    ) async throws {
        let server = try ScriptedServer.answering { _ in ScriptedServer.Response(status: status, body) }
        defer { server.stop() }
        try await test(VoiceItFixture("http://\(server.authority)").client, server)
    }

    private func json(_ code: String) -> String { #"{"responseCode":"\#(code)"}"# }

    @Test(arguments: [200, 201, 400, 401, 403, 404, 500])
    func `what VoiceIt makes of a recording is read from its code, whatever the status`(status: Int) async throws {
        for (meaning, codes) in Self.verdicts {
            for code in codes {
                try await answering(status, json(code)) { client, server async throws in
                    for verdict in [
                        try await client.verify(VoiceItFixture.sample("usr_1"), deadline: .soon),
                        try await client.enroll(VoiceItFixture.sample("usr_1"), deadline: .soon),
                    ] { #expect(verdict == VoiceVerdict(ResponseCode(rawValue: code)) && verdict.meaning == meaning) }
                    #expect(server.requests.count == 2)
                }
            }
        }
    }

    @Test(arguments: operators, [400, 401, 403, 500])
    func `a code of the operator's is an error that names the variable to look at`(
        code: (String, variable: String), status: Int
    ) async throws {
        try await answering(status, json(code.0)) { client, server async throws in
            for call: () async throws -> Void in [
                { _ = try await client.verify(VoiceItFixture.sample("usr_secret"), deadline: .soon) },
                { _ = try await client.enroll(VoiceItFixture.sample("usr_secret"), deadline: .soon) },
                { _ = try await client.deleteUser("usr_secret", deadline: .soon) },
            ] {
                let error = await #expect(throws: VoiceItError.self) { try await call() }
                #expect(error?.kind == .operatorProblem && error?.outcome == .refused)
                #expect(error?.code?.meaning == .operatorProblem)
                let text = error?.description ?? ""
                #expect(text.contains(code.0) && text.contains(code.variable) && !text.contains("usr_secret"))
            }
            #expect(server.requests.count == 3)
        }
    }

    @Test func `a refused key names the secret`() async throws {
        try await answering(401, json("UNAC")) { client, _ async throws in
            let error = await #expect(throws: VoiceItError.self) { try await client.createUser(deadline: .soon) }
            #expect(error?.kind == .credentialsRefused && error?.description.contains("VOICEIT_SECRET_ARN") == true)
        }
    }

    @Test(arguments: [200, 400, 500])
    func `VoiceIt that does not know itself leaves the outcome unknown, and is not asked again`(
        status: Int
    ) async throws {
        try await answering(status, json("ACTO")) { client, server async throws in
            for call: () async throws -> Void in [
                { _ = try await client.verify(VoiceItFixture.sample("usr_1"), deadline: .soon) },
                { _ = try await client.enroll(VoiceItFixture.sample("usr_1"), deadline: .soon) },
            ] {
                let error = await #expect(throws: VoiceItError.self) { try await call() }
                #expect(error?.outcome == .unknown && error?.code?.rawValue == "ACTO")
            }
            #expect(server.requests.count == 2)
        }
    }

    @Test(arguments: ["ZZZZ", "NFEF"]) func `a code that is none known is a refusal`(code: String) async throws {
        try await answering(400, json(code)) { client, _ async throws in
            let error = await #expect(throws: VoiceItError.self) {
                try await client.verify(VoiceItFixture.sample("usr_1"), deadline: .soon)
            }
            #expect(error?.kind == .refused && error?.outcome == .refused && error?.code?.rawValue == code)
        }
    }

    @Test(arguments: [200, 400, 404]) func `an unknown user is deleted already`(status: Int) async throws {
        try await answering(status, json("UNFD")) { client, _ async throws in
            #expect(try await !client.deleteUser("usr_1", deadline: .soon))
        }
    }
}
