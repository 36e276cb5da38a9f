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

    /// Calls `body` with the number's decimal digits, with zeros in front up to `width`; it must not be negative.
    package static func withDigits(of number: Int, width: Int = 1, _ body: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { digits in
            var start = digits.count
            var rest = number
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0 || digits.count - start < width
            body(UnsafeRawBufferPointer(rebasing: digits[start...]))
        }
    }
}
