import Encoding
import Settings

/// A country's calling code without `+`, such as `49`, or `1242` for a part of a shared one.
package struct CallingCode: Hashable, Sendable {
    package let digits: String

    /// Reads a variable's value; nil unless it is an assigned calling code, or one with further digits, four at most.
    ///
    /// A single 2 would be half of Africa.
    package init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard (1...4).contains(bytes.count), bytes.allSatisfy(\.isASCIIDigit), NumberingPlan(of: bytes[...]) != nil
        else { return nil }
        digits = text
    }

    /// Reads the country of national numbers: an assigned calling code, or a part of North America's, such as `1242`.
    package init?(parsingCountry text: String) {
        guard let code = CallingCode(parsing: text), let plan = NumberingPlan(of: Array(text.utf8)[...]),
            plan.callingCode == text || plan.callingCode == "1" && text.utf8.count == 4
        else { return nil }
        self = code
    }

    /// The calling code of a number's numbering plan; for a code that is not assigned, the number's first three digits,
    /// since all codes that ITU-T E.164 has left to assign have three.
    package init(of number: PhoneNumber) {
        digits = NumberingPlan(of: number)?.callingCode ?? String(number.text.dropFirst().prefix(3))
    }

    /// Reads a comma-separated list; nil unless it has an element and each is a calling code.
    package static func list(parsing text: String) -> [CallingCode]? {
        let elements = text.listElements
        let codes = elements.compactMap(CallingCode.init(parsing:))
        return codes.isEmpty || codes.count != elements.count ? nil : codes
    }

    /// Returns whether the number begins with the code.
    ///
    /// A shared calling code covers all its countries: `1` covers the Bahamas' `1242` too, which covers nothing else of `1`.
    package func covers(_ number: PhoneNumber) -> Bool {
        number.text.dropFirst().hasPrefix(digits)
    }
}
