import Encoding
import Settings
import Telephony

/// The countries and numbers that messages go to.
struct Destinations: Sendable, Equatable {
    /// `SMS_ALLOWED_COUNTRY_CODES`; nil allows every country.
    var countries: [CallingCode]?
    /// `SMS_DENIED_PREFIXES`: the first digits of numbers that get nothing, allowed country or not.
    var deniedPrefixes: [String] = []

    /// Returns the sentence that says why a number gets no message; nil when it may get one.
    func refusal(of number: PhoneNumber) -> String? {
        if let countries, !countries.contains(where: { $0.covers(number) }) {
            return "The number's country is not one of those in SMS_ALLOWED_COUNTRY_CODES, or, without it, in "
                + "SMS_DEFAULT_COUNTRY_CODE."
        }
        let digits = number.text.utf8.dropFirst()
        guard !deniedPrefixes.contains(where: { digits.starts(with: $0.utf8) }) else {
            return "The number begins with one of SMS_DENIED_PREFIXES."
        }
        return nil
    }

    /// Reads both lists. No country is allowed that is not named: a message to some costs a hundred times as much, and
    /// fraudsters are paid for it.
    static var variable: Variable<Destinations> {
        Variable { environment, faults in
            guard let (countries, prefixes) = environment.read(&faults, countriesVariable, prefixesVariable) else {
                return nil
            }
            return Destinations(countries: countries, deniedPrefixes: prefixes)
        }
    }

    private static var countriesVariable: Variable<[CallingCode]?> {
        Variable { environment, faults in
            guard environment["SMS_ALLOWED_COUNTRY_CODES"] == nil else {
                let named = Variable<[CallingCode]??>.optional(
                    "SMS_ALLOWED_COUNTRY_CODES",
                    expecting: "a comma-separated list of calling codes without +, such as 1,49, or * for every country"
                ) { text -> [CallingCode]?? in
                    text.listElements == ["*"] ? .some(nil) : CallingCode.list(parsing: text).map(Optional.some)
                }
                return named.read(environment, &faults).flatMap(\.self)
            }
            guard let text = environment["SMS_DEFAULT_COUNTRY_CODE"] else {
                faults.append(
                    "SMS_ALLOWED_COUNTRY_CODES is not set, nor is SMS_DEFAULT_COUNTRY_CODE: give the calling codes of the "
                        + "countries that messages go to, such as 1,49, or * for every country.")
                return nil
            }
            // That it is no calling code is said once, where it is read as the default.
            return CallingCode(parsingCountry: text).map { .some([$0]) }
        }
    }

    private static var prefixesVariable: Variable<[String]> {
        .optional(
            "SMS_DENIED_PREFIXES", default: [],
            expecting: "a comma-separated list of first digits, calling code included, without +, such as 1876,881"
        ) { text in
            let prefixes = text.listElements
            let areDigits = prefixes.allSatisfy { prefix in
                (1...15).contains(prefix.utf8.count) && prefix.utf8.allSatisfy(\.isASCIIDigit)
                    && prefix.utf8.first != UInt8(ascii: "0")
            }
            return areDigits && !prefixes.isEmpty ? prefixes : nil
        }
    }
}
