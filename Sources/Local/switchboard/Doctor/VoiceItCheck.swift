import LambdaRuntime
import VoiceIt

/// Whether VoiceIt takes the key and the token: its phrases are listed, which changes nothing.
struct VoiceItCheck: LiveCheck {
    let subject = "VoiceIt"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let environment = try settings.variables.environment(for: "VoiceAuthCheck")
        guard environment["VOICEIT_SECRET_ARN"] != nil || environment["VIAPIKEY"] != nil else {
            throw MissingSetting("set VOICEIT_SECRET_ARN, or VIAPIKEY and VIAPITOKEN")
        }
        let client = VoiceItClient(configuration: try environment.read(VoiceItConfiguration.variable))
        let language = environment["VOICE_LANGUAGE"] ?? "en-US"
        let phrases = try await client.phrases(language: language, deadline: deadline)
        return [.ok(subject, "accepts the key; \(phrases.count) phrases for \(language)")]
    }
}
