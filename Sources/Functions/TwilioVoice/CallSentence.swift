/// The sentences that a caller hears, apart from the phrases.
///
/// An ending is a reason and no farewell: the contact flow goes on with the caller.
enum CallSentence: String, CaseIterable, Sendable {
    case consent, consentAgain
    case enrollFirst, enrollNext, verify
    case silence, unclear, tooQuiet, tooLoud, pauses, otherWords, failed
    case verified, lockedOut, declined, optedOut, tooSilent, tooUnclear, noChoice, unlike, notEnrolled, unknown
    case trouble, nothingHere, moment

    /// Returns the sentence in the language of a tag such as `de-DE`; in English where there is none.
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
