import Glibc

/// Finds secrets in a text by the name before them, or by their form, in one pass over its bytes.
enum SecretScanner {
    /// Returns the text without secrets; nil when there is none in it.
    static func redacted(_ text: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var (copied, index) = (0, 0)
        while index < text.count {
            guard isWord(text[index]) else {
                // The two digits of an encoded character are no part of the word after it.
                index += text[index] == UInt8(ascii: "%") ? 3 : 1
                continue
            }
            var end = index
            while end < text.count, isWord(text[end]) { end += 1 }
            guard let secret = secret(after: index..<end, text) else {
                index = end
                continue
            }
            result += text[copied..<secret.lowerBound]
            result += Redaction.mark.utf8
            (copied, index) = (secret.upperBound, secret.upperBound)
        }
        return copied == 0 ? nil : result + text[copied...]
    }

    /// Returns the place of the secret that a word introduces or is.
    private static func secret(after word: Range<Int>, _ text: [UInt8]) -> Range<Int>? {
        let name = text[word]
        if let form = tokenForm(word, text) ?? password(word, text) ?? privateKey(word, text) { return form }
        // The word in an ARN such as "…:secret:name" is no name of a value.
        guard word.lowerBound == 0 || text[word.lowerBound - 1] != UInt8(ascii: ":") else { return nil }
        guard SecretNames.isSecret(name) else { return nil }
        let place: Range<Int>
        if let content = elementContent(word, text) {
            place = content
        } else if let start = valueStart(word.upperBound, text) {
            // A header's value goes to the end of its line; the words "signature" and "sid" are common in sentences.
            place = start..<(quotedEnd(start, text) ?? valueEnd(start, text, isHeader: isHeader(name)))
        } else {
            return nil
        }
        let (start, end) = (place.lowerBound, place.upperBound)
        guard end > start, !text[start..<end].elementsEqual(Redaction.mark.utf8) else { return nil }
        return start..<end
    }

    private static func isHeader(_ name: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: name, as: UTF8.self).lowercased()
        return ["authorization", "proxy-authorization", "cookie", "set-cookie"].contains(text)
    }

    /// Returns the first byte of the value after a name: past `=`, `:`, `":"`, `\":\"` or `%3D`; nil without any.
    private static func valueStart(_ end: Int, _ text: [UInt8]) -> Int? {
        var index = end
        func skip(_ bytes: String) { while index < text.count, bytes.utf8.contains(text[index]) { index += 1 } }
        skip("\\\"' ")
        guard index < text.count else { return nil }
        if text[index...].starts(with: "%3D".utf8) || text[index...].starts(with: "%3d".utf8) {
            index += 3
        } else if text[index] == UInt8(ascii: "=") || text[index] == UInt8(ascii: ":") {
            index += 1
        } else {
            return nil
        }
        skip(" \\\"'")
        return index
    }

    /// Returns the end of a value in quotation marks, which may be escaped as a whole; nil for another value.
    private static func quotedEnd(_ start: Int, _ text: [UInt8]) -> Int? {
        guard start > 0, text[start - 1] == UInt8(ascii: "\"") else { return nil }
        let isEscaped = start > 1 && text[start - 2] == UInt8(ascii: "\\")
        var index = start
        while index < text.count {
            if text[index] == UInt8(ascii: "\\") {
                if isEscaped, index + 1 < text.count, text[index + 1] == UInt8(ascii: "\"") { return index }
                index += 1
            } else if text[index] == UInt8(ascii: "\"") {
                return index
            }
            index += 1
        }
        return text.count
    }

    /// Returns the place between the tags of an element of XML whose name the word is.
    private static func elementContent(_ word: Range<Int>, _ text: [UInt8]) -> Range<Int>? {
        guard word.lowerBound > 0, text[word.lowerBound - 1] == UInt8(ascii: "<"), word.upperBound < text.count,
            text[word.upperBound] == UInt8(ascii: ">")
        else { return nil }
        let start = word.upperBound + 1
        return start..<(text[start...].firstIndex(of: UInt8(ascii: "<")) ?? text.count)
    }

    /// Returns the place of the password in a URL's `//user:password@`, whose user begins with the word.
    private static func password(_ word: Range<Int>, _ text: [UInt8]) -> Range<Int>? {
        guard word.lowerBound >= 3, text[(word.lowerBound - 3)..<word.lowerBound].elementsEqual("://".utf8) else {
            return nil
        }
        let end = text[word.lowerBound...].firstIndex { "@/?# \t\r\n\"'<>\\".utf8.contains($0) } ?? text.count
        guard end < text.count, text[end] == UInt8(ascii: "@"),
            let colon = text[word.lowerBound..<end].firstIndex(of: UInt8(ascii: ":")), colon + 1 < end,
            !text[(colon + 1)..<end].elementsEqual(Redaction.mark.utf8)
        else { return nil }
        return (colon + 1)..<end
    }

    /// Returns the place of a private key in PEM, without its first and last line (RFC 7468).
    private static func privateKey(_ word: Range<Int>, _ text: [UInt8]) -> Range<Int>? {
        guard text[word].elementsEqual("-----BEGIN".utf8),
            let label = text.place(of: Array("PRIVATE KEY-----".utf8), from: word.upperBound),
            label - word.upperBound < 20
        else { return nil }
        let start = label + 16
        let end = text.place(of: Array("-----END".utf8), from: start) ?? text.count
        return end > start && !text[start..<end].elementsEqual(Redaction.mark.utf8) ? start..<end : nil
    }

    private static func valueEnd(_ start: Int, _ text: [UInt8], isHeader: Bool) -> Int {
        let ends = isHeader ? "\r\n\"\\'" : " \t\r\n\"\\'&,;}])<>"
        var index = start
        while index < text.count, !ends.utf8.contains(text[index]) {
            // In an encoded query a parameter ends with an encoded "&".
            if !isHeader, text[index...].starts(with: "%26".utf8) { break }
            index += 1
        }
        return index
    }

    /// Returns the place of a token that is known by its form: `Bearer …`, `Basic …`, a JSON Web Token, a session of
    /// Salesforce, temporary credentials of AWS.
    private static func tokenForm(_ word: Range<Int>, _ text: [UInt8]) -> Range<Int>? {
        let name = text[word]
        if name.elementsEqual("Bearer".utf8) || name.elementsEqual("Basic".utf8), word.upperBound < text.count,
            text[word.upperBound] == UInt8(ascii: " ")
        {
            let start = word.upperBound + 1
            let end = valueEnd(start, text, isHeader: false)
            // "Basic credentials" is a sentence.
            let isToken = end - start >= 16
            return isToken && !text[start..<end].elementsEqual(Redaction.mark.utf8) ? start..<end : nil
        }
        if name.starts(with: "eyJ".utf8), word.upperBound < text.count, text[word.upperBound] == UInt8(ascii: ".") {
            var (end, dots) = (word.upperBound, 0)
            while end < text.count, isWord(text[end]) || text[end] == UInt8(ascii: ".") {
                if text[end] == UInt8(ascii: ".") { dots += 1 }
                end += 1
            }
            return dots >= 2 ? word.lowerBound..<end : nil
        }
        if name.starts(with: "00D".utf8), name.count == 15 || name.count == 18, word.upperBound < text.count,
            text[word.upperBound] == UInt8(ascii: "!")
        {
            return word.lowerBound..<valueEnd(word.lowerBound, text, isHeader: false)
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension [UInt8] {
    /// Returns the place of the first occurrence of `part` from `start` on.
    func place(of part: [UInt8], from start: Int) -> Int? {
        guard start + part.count <= count, !part.isEmpty else { return nil }
        return withUnsafeBytes { bytes in
            part.withUnsafeBytes { part in
                guard let base = bytes.baseAddress, let wanted = part.baseAddress, let first = part.first else {
                    return nil
                }
                var place = start
                while place + part.count <= bytes.count,
                    let found = memchr(base + place, Int32(first), bytes.count - part.count + 1 - place)
                {
                    place = UnsafeRawPointer(found) - base
                    if memcmp(base + place, wanted, part.count) == 0 { return place }
                    place += 1
                }
                return nil
            }
        }
    }
}
