/// Everything that a caller hears beside the phrases.
enum Sentence: String, CaseIterable, Sendable {
    case enterCode, wrongCode, noCode
    case consent, consentAgain
    case enrollFirst, enrollNext, verify
    case silence, unclear, failed
    case verified, enrolled, lockedOut, declined, optedOut, tooSilent, tooUnclear, notEnrolled, unknown
    case trouble, nothingHere, moment

    /// The sentence in the language of a tag such as `de-DE`; in English where there is none.
    func text(in language: String) -> String {
        let table =
            switch language.prefix(2) {
            case "de": Self.german
            case "es": Self.spanish
            default: Self.english
            }
        return table[self] ?? Self.english[self] ?? ""
    }
}
