import Encoding

/// A pattern of digits: each of it is one digit, or a class such as `[1-35]`.
struct DigitPattern: Sendable, Equatable {
    /// For each digit the set of those allowed: bit 0 for 0, bit 9 for 9.
    private let classes: [UInt16]

    /// Reads a pattern of the table, such as `49[13]`; without digits, it matches every number.
    init(_ text: some Collection<UInt8>) {
        var classes: [UInt16] = []
        var (open, last, isRange) = (false, UInt16(0), false)
        for byte in text {
            switch byte {
            case UInt8(ascii: "["):
                open = true
                classes.append(0)
            case UInt8(ascii: "]"): open = false
            case UInt8(ascii: "-"): isRange = true
            default:
                let digit = UInt16(byte - UInt8(ascii: "0"))
                if !open { classes.append(0) }
                for allowed in (isRange ? last : digit)...digit { classes[classes.count - 1] |= 1 << allowed }
                (last, isRange) = (digit, false)
            }
        }
        self.classes = classes
    }

    /// The number of digits.
    var count: Int { classes.count }

    /// Returns whether the digits begin as the pattern says.
    func begins(_ digits: ArraySlice<UInt8>) -> Bool {
        digits.count >= count && zip(classes, digits).allSatisfy(Self.allows)
    }

    /// Returns whether the first digit is allowed.
    func beginsAlike(_ digits: ArraySlice<UInt8>) -> Bool {
        zip(classes.prefix(1), digits).allSatisfy(Self.allows)
    }

    private static func allows(_ digits: UInt16, _ digit: UInt8) -> Bool {
        digits & 1 << UInt16(digit - UInt8(ascii: "0")) != 0
    }
}
