extension String {
    /// The elements of a comma-separated variable, trimmed, without empty ones.
    package var listElements: [String] {
        split(separator: ",").compactMap { element in
            let scalars = element.unicodeScalars
            guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
                let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
            else { return nil }
            return String(scalars[first...last])
        }
    }
}
