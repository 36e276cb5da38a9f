import LocalServices
import TestSupport
import Testing

@testable import switchboard

/// The doctor's checks of VoiceIt and Twilio, before the first call.
@Suite(.takingTurns) struct DoctorVoiceTests {
    private static func settings(_ variables: [String: String]) -> LiveSettings {
        var settings = DoctorSettings()
        settings.shell = variables
        return LiveSettings(variables: settings)
    }

    private static func texts(_ variables: [String: String]) async throws -> [String] {
        try await VoiceItDouble.withRunning { voiceIt in
            let live = settings(voiceIt.environment.merging(variables) { $1 })
            return await VoiceItCheck(settings: live).findings().map { "\($0.state): \($0.text)" }
        }
    }

    @Test func `every phrase is compared with the account's, without case`() async throws {
        let right = "Never forget tomorrow is a new day"
        #expect(try await Self.texts([:]) == ["ok: accepts the key; it has every phrase for en-US"])
        #expect(try await Self.texts(["VOICE_PHRASES": right]).first?.hasPrefix("ok") == true)
        let wrong = try await Self.texts(["VOICE_PHRASES": "\(right)|my own words|others"])
        #expect(wrong.count == 2)
        #expect(
            wrong.first
                == "mend: VOICE_PHRASES: the account has no phrase \"my own words\" for en-US: add it in VoiceIt's dashboard"
        )
    }

    @Test(arguments: [["VOICE_CONTENT_LANGUAGE": "xx-XX"], ["VOICE_LANGUAGE": "xx-XX"]])
    func `a language that VoiceIt does not have names the variable`(variables: [String: String]) async throws {
        let texts = try await Self.texts(variables.merging(["VOICE_PHRASES": "a"]) { $1 })
        #expect(texts.count == 1 && texts[0].hasPrefix("mend: answered INCP: VOICE_CONTENT_LANGUAGE"), "\(texts)")
    }

    @Test func `the content language is asked about, not what Twilio speaks`() async throws {
        let texts = try await Self.texts(["VOICE_LANGUAGE": "de-DE", "VOICE_CONTENT_LANGUAGE": "en-GB"])
        #expect(texts == ["ok: accepts the key; it has every phrase for en-GB"])
    }

    @Test func `phrases that another language would need are asked for`() async throws {
        let texts = try await Self.texts(["VOICE_LANGUAGE": "de-DE"])
        #expect(texts.count == 1 && texts[0].contains("VOICE_PHRASES is not set"), "\(texts)")
    }

    @Test func `an account on trial would record nothing`() async throws {
        var configuration = TwilioMediaDouble.Configuration()
        configuration.type = "Trial"
        try await TwilioMediaDouble.withRunning(configuration) { twilio in
            let findings = await TwilioCheck(settings: Self.settings(twilio.environment)).findings()
            #expect(findings.map(\.state) == [.mend])
            #expect(findings.first?.text.contains("on trial, which blocks <Record>") == true)
        }
    }
}
