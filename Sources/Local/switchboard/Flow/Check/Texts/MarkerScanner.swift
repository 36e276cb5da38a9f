/// Takes markers out of a text, one kind after the other: what one kind has taken the next does not see.
///
/// It reads bytes, and each of them a few times at most, because a flow has up to a megabyte of text.
struct MarkerScanner {
    private(set) var found: [String] = []
    private var bytes: [UInt8]

    /// The rest of the text, with blanks for what was taken.
    var rest: String { String(decoding: bytes, as: UTF8.self) }

    /// Begins with a text, in which each reference and each variable counts as 0: they are filled in later.
    init(_ text: String) {
        guard text.utf8.contains(UInt8(ascii: "$")) else {
            bytes = Array(text.utf8)
            return
        }
        bytes = Self.withoutVariables(Array(FlowReference.replaced(in: text) { _ in "0" }.utf8))
    }

    /// Returns a text with 0 for each `${name}`.
    private static func withoutVariables(_ text: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        var (index, close) = (0, 0)
        while index < text.count {
            if text[index] == UInt8(ascii: "$"), index + 1 < text.count, text[index + 1] == UInt8(ascii: "{") {
                close = max(close, index + 2)
                while close < text.count, text[close] != UInt8(ascii: "}") { close += 1 }
                if close < text.count {
                    plain.append(UInt8(ascii: "0"))
                    index = close + 1
                    continue
                }
            }
            plain.append(text[index])
            index += 1
        }
        return plain
    }

    /// Takes `{{…}}`.
    mutating func takeBraces() {
        var close = 0
        forEach("{") { scanner, start in
            guard scanner.byte(start + 1) == UInt8(ascii: "{") else { return nil }
            close = max(close, start + 2)
            while close < scanner.bytes.count, scanner.bytes[close] != UInt8(ascii: "}") { close += 1 }
            return scanner.byte(close + 1) == UInt8(ascii: "}") ? close + 2 : nil
        }
    }

    /// Takes `%NAME%`; a name of two hexadecimal digits is a byte of a URL.
    mutating func takePercents(inAnyCase: Bool) {
        forEach("%") { scanner, start in
            var end = start + 1
            while let byte = scanner.byte(end), byte.isWord, inAnyCase || !byte.isSmall { end += 1 }
            guard scanner.byte(end) == UInt8(ascii: "%"), let first = scanner.byte(start + 1), first.isLetter else {
                return nil
            }
            let isEscape = end - start == 3 && scanner.bytes[start + 1..<end].allSatisfy(\.isHexadecimal)
            return isEscape ? nil : end + 1
        }
    }

    /// Takes `<…>`, but not the tags of HTML or SSML and no addresses.
    mutating func takeBrackets() {
        guard bytes.contains(UInt8(ascii: "<")) else { return }
        let tags = MarkupTags(closedIn: bytes)
        forEach("<") { scanner, start in
            guard let first = scanner.byte(start + 1), first.isLetter || first >= 0x80 else { return nil }
            var end = start + 1
            while let byte = scanner.byte(end), byte != UInt8(ascii: ">") {
                guard byte != UInt8(ascii: "<") else { return nil }
                end += 1
            }
            guard end < scanner.bytes.count else { return nil }
            return tags.isTag(scanner.bytes[start + 1..<end]) ? nil : end + 1
        }
    }

    /// Takes `[…]` with a letter in it.
    mutating func takeSquareBrackets() {
        var (close, letter) = (0, 0)
        forEach("[") { scanner, start in
            close = max(close, start + 1)
            while close < scanner.bytes.count, scanner.bytes[close] != UInt8(ascii: "]") { close += 1 }
            letter = max(letter, start + 1)
            while letter < close, !scanner.bytes[letter].isLetter { letter += 1 }
            return close < scanner.bytes.count && letter < close ? close + 1 : nil
        }
    }

    /// Takes words of at least three capitals and digits with an underscore among them: `INSERT_NAME_HERE`, `__NAME__`.
    mutating func takeCapitals(where isMarker: (String) -> Bool) {
        var start = 0
        while start < bytes.count {
            var end = start
            while let byte = byte(end), byte.isWord || byte >= 0x80 { end += 1 }
            let word = bytes[start..<end]
            if word.count > 2, word.contains(UInt8(ascii: "_")), word.contains(where: \.isLetter),
                !word.contains(where: { $0.isSmall || $0 >= 0x80 }), isMarker(String(decoding: word, as: UTF8.self))
            {
                take(start..<end)
            }
            start = end + 1
        }
    }

    /// Takes the only word of the text, whatever signs are around it.
    mutating func takeWhole(where isMarker: (String) -> Bool) {
        let isPart = { (byte: UInt8) in byte.isWord || byte >= 0x80 }
        guard let first = bytes.firstIndex(where: isPart), let last = bytes.lastIndex(where: isPart),
            isMarker(String(decoding: bytes[first...last], as: UTF8.self))
        else { return }
        take(first..<last + 1)
    }

    /// Blanks the tags of SSML.
    mutating func blankTags() {
        var isTag = false
        for index in bytes.indices {
            let byte = bytes[index]
            isTag = isTag || byte == UInt8(ascii: "<")
            if isTag { bytes[index] = 0x20 }
            if byte == UInt8(ascii: ">") { isTag = false }
        }
    }

    private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Takes what begins at each such byte, up to the index that is returned; nil for no marker.
    private mutating func forEach(_ first: Unicode.Scalar, _ end: (MarkerScanner, Int) -> Int?) {
        let first = UInt8(ascii: first)
        var start = 0
        while start < bytes.count {
            if bytes[start] == first, let end = end(self, start) {
                take(start..<end)
                start = end
            } else {
                start += 1
            }
        }
    }

    private mutating func take(_ range: Range<Int>) {
        found.append(String(decoding: bytes[range], as: UTF8.self))
        for index in range { bytes[index] = 0x20 }
    }
}
