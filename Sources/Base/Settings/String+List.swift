extension String {
    /// The elements of a comma-separated variable, trimmed, without empty ones.
    package var listElements: [String] {
        // By scalars: a comma with a combining character after it is another character.
        unicodeScalars.split(separator: ",").compactMap { scalars in
            guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
                let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
            else { return nil }
            return String(scalars[first...last])
        }
    }
}
