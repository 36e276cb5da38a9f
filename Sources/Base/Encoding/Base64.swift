/// Base64 with padding (RFC 4648, 4), decoded strictly.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The six bits of each character; 64 for a byte that is none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 64, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// Returns the bytes in groups of four characters, padded at the end.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        let length = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: length) { text in
            var index = bytes.startIndex
            var count = 0
            while index != bytes.endIndex {
                var group: UInt32 = 0
                var taken = 0
                while taken < 3, index != bytes.endIndex {
                    group |= UInt32(bytes[index]) << UInt32(16 - 8 * taken)
                    bytes.formIndex(after: &index)
                    taken += 1
                }
                for place in 0..<4 {
                    let value = Int(group >> UInt32(18 - 6 * place)) & 63
                    text[count + place] = place <= taken ? alphabet[value] : UInt8(ascii: "=")
                }
                count += 4
            }
            return count
        }
    }

    /// Returns the bytes; nil for anything but groups of four characters of the alphabet, padded at the end.
    ///
    /// The bits that the last character has beyond the last byte are ignored.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var text = String(text)
        return text.withUTF8(decode)
    }

    private static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        let length = text.count / 4 * 3 - padding
        var isValid = true
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { bytes, count in
            let characters = text.dropLast(padding)
            var bits: UInt32 = 0
            var held = 0
            for character in characters {
                let value = values[Int(character)]
                guard value < 64 else {
                    isValid = false
                    return
                }
                bits = bits << 6 | UInt32(value)
                held += 6
                guard held >= 8 else { continue }
                held -= 8
                bytes[count] = UInt8(truncatingIfNeeded: bits >> UInt32(held))
                count += 1
            }
        }
        return isValid ? bytes : nil
    }
}
