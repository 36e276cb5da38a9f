/// The ids of records: 15 characters, of which case counts, and three more that tell their cases.
enum SalesforceID {
    private static let suffixes = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345")

    /// Returns an id of 18 characters for the record of that number.
    static func made(_ number: Int, of object: SalesforceSchema.Object) -> String {
        let digits = String(number)
        return long(object.prefix + "5f00000" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits)
    }

    /// Returns the 18 characters of an id of 15: each of the last three tells which of five characters are upper case
    /// ("ID Field Type" in the Object Reference).
    static func long(_ id: String) -> String {
        guard id.count == 15 else { return id }
        let letters = Array(id)
        let suffix = stride(from: 0, to: 15, by: 5).map { start in
            let bits = (0..<5).reduce(0) { $0 | ("A"..."Z" ~= letters[start + $1] ? 1 << $1 : 0) }
            return suffixes[bits]
        }
        return id + String(suffix)
    }

    /// Returns true for the form of an id, whatever it names.
    static func isForm(_ text: String) -> Bool {
        [15, 18].contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"):
                    true
                default: false
                }
            }
    }

    /// Returns true when both are one record's, whether of 15 or of 18 characters.
    static func isEqual(_ left: String, _ right: String) -> Bool {
        left.prefix(15) == right.prefix(15)
    }
}
