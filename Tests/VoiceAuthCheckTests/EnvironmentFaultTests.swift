import TestSupport
import Testing

@testable import VoiceAuthCheck

@Suite struct EnvironmentFaultTests {
    private static let sound = FaultMatrix.aws.merging([
        "VOICE_TABLE": "t", "VOICE_HASH_SECRET": "0123456789abcdef", "VIAPIKEY": "k", "VIAPITOKEN": "t",
    ]) { $1 }

    @Test func `every fault of the environment is named once, also beside another`() async throws {
        let matrix = FaultMatrix(
            Self.sound.merging(["TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "token"]) { $1 },
            [
                "VOICE_TABLE": "", "VOICE_HASH_SECRET": "", "VOICE_HASH_SECRET": "0123456789abcde", "VIAPIKEY": "",
                "VIAPITOKEN": "", "VOICEIT_BASE_URL": "http://api.voiceit.io", "TWILIO_ACCOUNT_SID": "not an account's",
                "TWILIO_AUTH_TOKEN": "", "TWILIO_API_BASE_URL": "http://api.twilio.com", "VOICE_AUTH_BINDING": "number",
                "VOICE_ENROLL": "closed", "VOICE_MAX_FAILURES": "0", "AWS_REGION": "", "AWS_ACCESS_KEY_ID": "",
                "AWS_SECRET_ACCESS_KEY": "",
            ])
        try await matrix.check { _ = try await VoiceAuthCheck(environment: $0) }
        await FaultMatrix.checkEmpty(Array(Self.sound.keys)) { _ = try await VoiceAuthCheck(environment: $0) }
    }
}
