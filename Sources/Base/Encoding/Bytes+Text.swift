/// Text in the making, as bytes: appending a string to a string takes five times as long.
extension [UInt8] {
    /// The texts in UTF-8, one behind the other.
    package init(texts: String...) {
        self = []
        reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count })
        for text in texts { append(text: text) }
    }

    /// Appends the text in UTF-8.
    package mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }

    /// Appends text that is written in the source.
    package mutating func append(text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends the number's decimal digits, with zeros in front up to `width`; it must not be negative.
    package mutating func append(decimal number: Int, width: Int = 1) {
        ASCII.withDigits(of: number, width: width) { append(contentsOf: $0) }
    }
}
