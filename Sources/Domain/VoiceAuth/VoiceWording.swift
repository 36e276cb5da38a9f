import Encoding
package import Settings

/// The phrases that callers say, and the languages that they are said in.
package struct VoiceWording: Sendable, Equatable {
    /// `VOICE_PHRASES`, the same as in VoiceIt's dashboard.
    package var phrases: [String]
    /// `VOICE_LANGUAGE`: the language of Twilio's speech.
    package var language: String
    /// `VOICE_CONTENT_LANGUAGE`: the language of the phrases, one of VoiceIt's names or `no-STT`.
    package var contentLanguage: String

    /// The longest phrase, in characters: it must be said within 4 s.
    private static let longestPhrase = 48
    private static let standardLanguage = "en-US"

    package init(
        phrases: [String] = [VoiceRules.defaultPhrase], language: String = "en-US", contentLanguage: String = "en-US"
    ) {
        self.phrases = phrases
        self.language = language
        self.contentLanguage = contentLanguage
    }

    /// Reads all three. The default phrase is English, so another content language needs its own phrases.
    package static var variable: Variable<VoiceWording> {
        Variable { environment, faults in
            let values = environment.read(
                &faults,
                .optional(
                    "VOICE_PHRASES",
                    expecting: "one or more phrases with | between them, each of at most \(longestPhrase) characters",
                    parse: phrases),
                .optional(
                    "VOICE_LANGUAGE", default: standardLanguage, expecting: "a language such as en-US",
                    parse: language),
                .optional(
                    "VOICE_CONTENT_LANGUAGE", expecting: "a content language of VoiceIt's such as en-US or no-STT",
                    parse: language))
            let content = environment["VOICE_CONTENT_LANGUAGE"] ?? environment["VOICE_LANGUAGE"] ?? standardLanguage
            if environment["VOICE_PHRASES"] == nil, language(content) != nil, !content.lowercased().hasPrefix("en-") {
                faults.append(
                    "VOICE_PHRASES is not set: give the phrases that VoiceIt has for the content language \(content), "
                        + "with | between them.")
                return nil
            }
            return values.map { phrases, language, contentLanguage in
                VoiceWording(
                    phrases: phrases ?? [VoiceRules.defaultPhrase], language: language,
                    contentLanguage: contentLanguage ?? language)
            }
        }
    }

    /// Blanks around a phrase are dropped, and so are empty ones and second copies.
    private static func phrases(_ text: String) -> [String]? {
        var phrases: [String] = []
        for part in text.split(separator: "|") {
            let phrase = String(part.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
            guard phrase.count <= longestPhrase else { return nil }
            if !phrase.isEmpty, !phrases.contains(phrase) { phrases.append(phrase) }
        }
        return phrases.isEmpty ? nil : phrases
    }

    private static func language(_ text: String) -> String? {
        let isTag = text.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }
        return isTag && (2...20).contains(text.utf8.count) ? text : nil
    }
}
