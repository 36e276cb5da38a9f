import LocalServices
import TestSupport
import Testing

@testable import switchboard

@Suite(.takingTurns) struct VoiceServicesTests {
    @Test func `local addresses take the place of the marker, and VoiceIt's keys are added`() async throws {
        let variables = [
            "VOICEIT_BASE_URL": "local", "TWILIO_MEDIA_HOSTS": "local", "TWILIO_API_BASE_URL": "local",
            "TWILIO_AUTH_TOKEN": "t", "OTHER": "x",
        ]
        try await VoiceServices.withRunning(for: [variables]) { (services) async throws in
            let resolved = services.resolved(variables)
            #expect(resolved["VOICEIT_BASE_URL"] == services.voiceIt?.url)
            #expect(resolved["VIAPIKEY"] == VoiceItDouble.key)
            #expect(resolved["TWILIO_MEDIA_HOSTS"] == services.twilio?.url)
            #expect(resolved["TWILIO_API_BASE_URL"] == services.twilio?.url)
            #expect(resolved["TWILIO_AUTH_TOKEN"] == "t" && resolved["OTHER"] == "x")
            #expect(await services.voiceIt?.account.users.count == 2)
            #expect(services.resolved(["VOICEIT_BASE_URL": "http://x"]) == ["VOICEIT_BASE_URL": "http://x"])
        }
    }

    @Test func `nothing is started that nobody asks for`() async throws {
        try await VoiceServices.withRunning(for: [["VOICEIT_BASE_URL": "http://x"]]) { services in
            #expect(services.voiceIt == nil && services.twilio == nil)
        }
    }
}
