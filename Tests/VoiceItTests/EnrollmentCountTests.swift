import TestSupport
import Testing

@testable import VoiceIt

@Suite(.takingTurns) struct EnrollmentCountTests {
    private func count(
        _ enrollments: String, phrase: String = VoiceItFixture.phrase, language: String = "en-US"
    ) async throws -> Int {
        let server = try ScriptedServer.answering { _ in
            ScriptedServer.Response(
                #"{"responseCode":"SUCC","status":200,"count":9,"voiceEnrollments":[\#(enrollments)]}"#)
        }
        defer { server.stop() }
        return try await VoiceItFixture("http://\(server.authority)").client.enrollmentCount(
            "usr_1", phrase: phrase, language: language, deadline: .soon)
    }

    private func enrollment(_ text: String?, _ language: String?) -> String {
        let members = [("text", text), ("contentLanguage", language)].compactMap { name, value in
            value.map { #""\#(name)":"\#($0)""# }
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    @Test func `enrolments of the phrase and the language count, without case`() async throws {
        let all = [
            enrollment(VoiceItFixture.phrase, "en-US"), enrollment("Never Forget Tomorrow Is A New Day", "EN-us"),
            enrollment(VoiceItFixture.phrase, "en-GB"), enrollment("my voice is my passport", "en-US"),
            enrollment(nil, "en-US"), enrollment(VoiceItFixture.phrase, nil), enrollment("", "en-US"),
        ].joined(separator: ",")
        #expect(try await count(all) == 2)
        #expect(try await count(all, language: "en-GB") == 1)
        #expect(try await count(all, phrase: "MY voice is my passport") == 1)
        #expect(try await count(all, phrase: "another") == 0)
        #expect(try await count("") == 0)
    }

    @Test func `without speech-to-text there are no texts, and each enrolment of the language counts`() async throws {
        let all = [
            enrollment(nil, "no-STT"), enrollment("", "no-STT"), enrollment(VoiceItFixture.phrase, "no-STT"),
            enrollment(VoiceItFixture.phrase, "en-US"),
        ].joined(separator: ",")
        #expect(try await count(all, language: "no-STT") == 3)
    }
}
