import Encoding

/// A phone number in E.164: `+`, a digit from 1 to 9, and 6 to 14 more digits.
///
/// Personal data: never logged or put into an error.
package struct PhoneNumber: Hashable, Sendable {
    /// The number with its `+`.
    package let text: String

    /// Takes a number that is in E.164 already; nil otherwise.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (8...16).contains(bytes.count), bytes[0] == UInt8(ascii: "+"),
            bytes[1] != UInt8(ascii: "0"), bytes.dropFirst().allSatisfy(\.isASCIIDigit)
        else { return nil }
        self.text = text
    }

    /// Takes a caller's number as Amazon Connect or Twilio shows it; nil when the number is withheld.
    ///
    /// Withheld are a missing number, everything that is not E.164, such as `anonymous`, and `withheldNumbers`.
    package init?(caller address: String?) {
        guard let address, !Self.withheldNumbers.contains(address) else { return nil }
        self.init(address)
    }

    /// The numbers that carriers and Twilio show for a withheld one: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and
    /// UNAVAILABLE on a telephone's keys.
    package static let withheldNumbers: Set<String> = [
        "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253",
    ]

    /// Takes a number as people write it, of the country with the given calling code unless it is another's.
    ///
    /// Spaces and `().-/` are dropped, and the rest is read by the country's numbering plan. Without a country nothing is
    /// guessed: only E.164 is taken.
    package init?(_ text: String, defaultCountry: CallingCode?) {
        guard let defaultCountry else {
            self.init(text)
            return
        }
        guard let number = NumberReader(defaultCountry)?.number(text) else { return nil }
        self = number
    }
}
