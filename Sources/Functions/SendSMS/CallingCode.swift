import Messaging

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
