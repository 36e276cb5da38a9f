/// ASCII in the bytes of a text.
extension UInt8 {
    var isSmall: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    var isLetter: Bool { isSmall || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isWord: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
    var isName: Bool { isWord || self == UInt8(ascii: "-") }
    var isHexadecimal: Bool {
        isDigit || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(self)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
    }
}
