import Settings
import VoiceAuth
import VoiceIt

/// The check that VoiceIt accepts the key and the token, and has each phrase of TwilioVoice's: they are listed, which
/// changes nothing.
struct VoiceItCheck: LiveCheck {
    let subject = "VoiceIt"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        // Both functions sign in; the phrases are those of the one that records.
        let functions = try ["TwilioVoice", "VoiceAuthCheck"].map(settings.variables.environment(for:))
        let signingIn = functions.first { $0["VOICEIT_SECRET_ARN"] != nil || $0["VIAPIKEY"] != nil }
        guard let signingIn else { throw MissingSetting("set VOICEIT_SECRET_ARN, or VIAPIKEY and VIAPITOKEN") }
        let configuration = try signingIn.read(VoiceItConfiguration.variable)
        let wording = try functions[0].read(VoiceWording.variable)
        let language = wording.contentLanguage
        let known: [String]
        do throws(VoiceItError) {
            known = try await VoiceItClient(configuration: configuration).phrases(
                language: language, deadline: deadline)
        } catch {
            guard error.kind == .operatorProblem, let code = error.code, let remedy = code.remedy else { throw error }
            return [.mend(subject, "answered \(code.rawValue): \(remedy)")]
        }
        let missing = wording.phrases.filter { phrase in
            !known.contains { $0.lowercased() == phrase.lowercased() }
        }
        guard missing.isEmpty else {
            return missing.map {
                .mend(
                    subject,
                    "VOICE_PHRASES: the account has no phrase \"\($0)\" for \(language): add it in VoiceIt's dashboard")
            }
        }
        return [.ok(subject, "accepts the key; it has every phrase for \(language)")]
    }
}
