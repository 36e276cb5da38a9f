extension String {
    /// Returns the string up to a number of UTF-16 units, by which Salesforce counts, without a half of a pair.
    package func prefix(utf16Units length: Int) -> String {
        guard utf16.count > length else { return self }
        var (kept, units) = (String.UnicodeScalarView(), 0)
        for scalar in unicodeScalars {
            units += scalar.utf16.count
            guard units <= length else { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}
