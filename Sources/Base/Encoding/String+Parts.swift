extension String {
    /// Returns the parts between separators, which are one ASCII character, found byte by byte.
    ///
    /// To `split(separator:)`, `&` with a combining or joining character after it is another character than `&`, and so
    /// are a carriage return and a line feed together.
    package func parts(
        at separator: Unicode.Scalar, maxSplits: Int = .max, omittingEmptyParts: Bool = true
    ) -> [Substring] {
        self[...].parts(at: separator, maxSplits: maxSplits, omittingEmptyParts: omittingEmptyParts)
    }

    /// Returns whether the string's first bytes are those of the prefix, whatever combines with the last of them.
    package func begins(with prefix: String) -> Bool {
        utf8.starts(with: prefix.utf8)
    }
}

extension Substring {
    /// Returns the parts between separators, like those of a whole string.
    package func parts(
        at separator: Unicode.Scalar, maxSplits: Int = .max, omittingEmptyParts: Bool = true
    ) -> [Substring] {
        utf8.split(
            separator: UInt8(ascii: separator), maxSplits: maxSplits, omittingEmptySubsequences: omittingEmptyParts
        ).map { Substring($0) }
    }
}

extension StringProtocol {
    /// Returns whether the bytes of `part` are anywhere in the string, whatever combines with the last of them.
    ///
    /// Unlike `contains(_:)` it needs no string processing, which bootstraps are linked without.
    package func containsBytes(of part: String) -> Bool {
        var rest = utf8[...]
        let wanted = part.utf8
        guard let first = wanted.first else { return true }
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: wanted) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
