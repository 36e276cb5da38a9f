extension String {
    /// Returns the string with each `part` replaced, byte for byte.
    ///
    /// The standard library's own `replacing` is in the module of regular expressions, which a bootstrap does not need.
    package func substituting(_ replacement: String, for part: String) -> String {
        let (text, part) = (Array(utf8), Array(part.utf8))
        guard !part.isEmpty, text.count >= part.count else { return self }
        var (result, index) = ([UInt8](), 0)
        while index < text.count {
            if text[index...].starts(with: part) {
                result += replacement.utf8
                index += part.count
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
