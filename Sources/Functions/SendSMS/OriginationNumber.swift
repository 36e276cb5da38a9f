import Encoding
import Telephony

/// A number that SNS sends from: of one country, and of use for destinations there alone.
struct OriginationNumber: Hashable, Sendable {
    /// The number as given.
    let text: String
    let country: CallingCode

    /// Reads a number in E.164, with or without `+`, or a short code of at most 6 digits; nil for anything else.
    ///
    /// A short code does not tell its country: it is the default one, or else calling code 1, where SNS has most of them.
    init?(parsing text: String, defaultCountry: CallingCode?) {
        let hasPlus = text.hasPrefix("+")
        let digits = hasPlus ? String(text.dropFirst()) : text
        guard digits.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        if !hasPlus, (3...6).contains(digits.utf8.count) {
            guard let country = defaultCountry ?? CallingCode(parsing: "1") else { return nil }
            self.country = country
        } else {
            guard let number = PhoneNumber("+\(digits)") else { return nil }
            country = CallingCode(of: number)
        }
        self.text = text
    }
}
