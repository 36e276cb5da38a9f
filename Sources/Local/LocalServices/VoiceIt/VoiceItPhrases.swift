/// The content languages of an account, and the registered phrases of each.
///
/// A phrase must be approved in the vendor's dashboard before it can be enrolled ("Phrases" in the API's
/// documentation); the NodeJS SDK's createVoiceEnrollmentTestCases.js shows another one refused with `INPP`.
package struct VoiceItPhrases: Sendable, Equatable {
    /// Some of "Content Languages" in the API's documentation; `no-STT` skips the comparison of words.
    static let known: Set<String> = [
        "no-STT", "ar-EG", "cmn-Hans-CN", "da-DK", "de-DE", "en-AU", "en-CA", "en-GB", "en-IE", "en-IN", "en-NZ",
        "en-US",
        "en-ZA", "es-AR", "es-ES", "es-MX", "es-US", "fr-CA", "fr-FR", "he-IL", "hi-IN", "it-IT", "ja-JP", "ko-KR",
        "nb-NO", "nl-NL", "pl-PL", "pt-BR", "pt-PT", "ru-RU", "sv-SE", "tr-TR", "yue-Hant-HK",
    ]
    /// The phrases that a new account has for English, listed in users' programs.
    static let english = [
        SynthesizedSpeech.defaultPhrase, "today is a nice day to go for a walk",
        "zoos are filled with small and large animals",
        "remember to wash your hands before eating",
    ]

    /// The languages that the account's plan allows; nil for every known one.
    package var plan: Set<String>?
    private var phrases: [String: [String]] = [:]

    /// Returns the language's phrases; or the code of the refusal for an unknown language or one that the plan lacks.
    func list(_ language: String) -> Result<[String], Refusal> {
        guard Self.known.contains(language) else { return .failure(Refusal(code: "INCP")) }
        guard plan?.contains(language) != false else { return .failure(Refusal(code: "CLNE")) }
        return .success(phrases[language, default: language.hasPrefix("en-") ? Self.english : []])
    }

    struct Refusal: Error, Equatable {
        let code: String
    }

    /// Returns the code that a phrase is refused with; nil when it is registered. Capitals and blanks around it do not
    /// count.
    func refusal(of phrase: String, in language: String) -> String? {
        switch list(language) {
        case .failure(let refusal): refusal.code
        case .success(let registered) where registered.isEmpty: "NPFC"
        case .success(let registered): registered.contains { Self.isSame($0, phrase) } ? nil : "INPP"
        }
    }

    static func isSame(_ phrase: String, _ other: String) -> Bool {
        trimmed(phrase[...]).lowercased() == trimmed(other[...]).lowercased()
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let rest = text.drop(while: \.isWhitespace)
        return rest.lastIndex { !$0.isWhitespace }.map { rest[...$0] } ?? ""
    }

    /// Registers a phrase, like the dashboard.
    package mutating func register(_ phrase: String, in language: String) {
        if refusal(of: phrase, in: language) == nil { return }
        phrases[language, default: language.hasPrefix("en-") ? Self.english : []].append(phrase)
    }

    /// Registers the phrases of the variables `VOICE_PHRASES` and `VOICE_CONTENT_LANGUAGE`.
    package mutating func register(_ variables: [String: String]) {
        func value(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }
        let language = value("VOICE_CONTENT_LANGUAGE") ?? value("VOICE_LANGUAGE") ?? "en-US"
        for phrase in (value("VOICE_PHRASES") ?? "").split(separator: "|") {
            let text = Self.trimmed(phrase)
            if !text.isEmpty { register(String(text), in: language) }
        }
    }
}
