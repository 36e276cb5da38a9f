import TestSupport
import Testing

@testable import TwilioVoice

@Suite struct EnvironmentFaultTests {
    private static let sound = FaultMatrix.aws.merging([
        "VOICE_TABLE": "t", "VOICE_HASH_SECRET": "0123456789abcdef", "VIAPIKEY": "k", "VIAPITOKEN": "t",
        "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "token",
        "TWILIO_PUBLIC_BASE_URL": "https://voice.example.com",
        "CONNECT_PHONE_NUMBER": "+17868645177",
    ]) { $1 }

    @Test func `every fault of the environment is named once, also beside another`() async throws {
        let matrix = FaultMatrix(
            Self.sound,
            [
                "VOICE_TABLE": "", "VOICE_HASH_SECRET": "", "VOICE_HASH_SECRET": "0123456789abcde", "VIAPIKEY": "",
                "VIAPITOKEN": "", "VOICEIT_BASE_URL": "http://api.voiceit.io", "TWILIO_ACCOUNT_SID": "",
                "TWILIO_ACCOUNT_SID": "not an account's", "TWILIO_AUTH_TOKEN": "", "TWILIO_PUBLIC_BASE_URL": "",
                "TWILIO_PUBLIC_BASE_URL": "http://voice.example.com", "TWILIO_MEDIA_HOSTS": "http://api.twilio.com",
                "TWILIO_API_BASE_URL": "http://api.twilio.com", "CONNECT_PHONE_NUMBER": "", "VOICE_PHRASES": " | ",
                "VOICE_LANGUAGE": "en US", "VOICE_AUTH_BINDING": "number", "VOICE_CODE_DIGITS": "5",
                "VOICE_PROOF_SECONDS": "0", "AWS_REGION": "", "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "",
            ])
        try await matrix.check { _ = try await TwilioVoice(environment: $0) }
        await FaultMatrix.checkEmpty(Array(Self.sound.keys)) { _ = try await TwilioVoice(environment: $0) }
    }
}
