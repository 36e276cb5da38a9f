import Settings

/// A country's calling code without `+`, such as `49`, or `1242` for a part of a shared one.
struct CallingCode: Hashable, Sendable {
    let digits: String

    /// Reads a variable's value; nil unless it is one to four digits that do not begin with 0.
    init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard (1...4).contains(bytes.count), bytes[0] != UInt8(ascii: "0"),
            bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        digits = text
    }

    /// The code that a number begins with. No code is the beginning of another: 1 and 7 have one digit, those of the table
    /// two, all others three (ITU-T E.164, "List of assigned country codes").
    init(of number: PhoneNumber) {
        let digits = number.text.dropFirst()
        let count = "17".contains(digits.prefix(1)) ? 1 : Self.ofTwoDigits.contains(String(digits.prefix(2))) ? 2 : 3
        self.digits = String(digits.prefix(count))
    }

    private static let ofTwoDigits: Set<String> = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
        "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
        "86", "90", "91", "92", "93", "94", "95", "98",
    ]

    /// Reads a comma-separated list; nil unless it has an element and each is a calling code.
    static func list(parsing text: String) -> [CallingCode]? {
        let elements = text.listElements
        let codes = elements.compactMap(CallingCode.init(parsing:))
        return codes.isEmpty || codes.count != elements.count ? nil : codes
    }

    /// Whether the number belongs to the country: no calling code is the beginning of another.
    func covers(_ number: PhoneNumber) -> Bool {
        number.text.dropFirst().hasPrefix(digits)
    }
}
