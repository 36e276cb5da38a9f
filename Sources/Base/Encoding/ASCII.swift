/// The classes of ASCII characters; a byte of any other character is in none of them.
extension UInt8 {
    package var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    package var isASCIILowercase: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

    package var isASCIIUppercase: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    package var isASCIILetter: Bool { isASCIILowercase || isASCIIUppercase }

    package var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }
}
