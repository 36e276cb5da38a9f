/// The classes of ASCII characters; a byte of any other character is in none of them.
extension UInt8 {
    package var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    package var isASCIILowercase: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

    package var isASCIIUppercase: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    package var isASCIILetter: Bool { isASCIILowercase || isASCIIUppercase }

    package var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }
}

/// Digits of numbers in ASCII.
package enum ASCII {
    /// Returns the lower-case hexadecimal digit of 0 to 15.
    package static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// Returns a whole number of at least `width` digits, with zeros in front.
    package static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
