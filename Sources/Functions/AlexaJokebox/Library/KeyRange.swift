/// Keys that have not been listed: those after `after`, up to and including `end`.
struct KeyRange: Sendable {
    /// Nil for the beginning of the bucket's prefix.
    var after: String?
    /// Nil for its end.
    var end: String?

    /// Returns true when `key`, which is after `after`, is in the range.
    func contains(_ key: String) -> Bool {
        end.map { !$0.utf8.lexicographicallyPrecedes(key.utf8) } ?? true
    }

    /// Returns true when the range is that of the keys after `key`, byte for byte: strings are compared otherwise.
    func begins(after key: String) -> Bool { after.map { $0.utf8.elementsEqual(key.utf8) } ?? false }

    /// Returns true when `key` is the last that the range may have.
    func ends(at key: String) -> Bool { end.map { $0.utf8.elementsEqual(key.utf8) } ?? false }

    /// Returns the range in two, divided at a random point, for two requests at once; nil when no point is found.
    ///
    /// S3 does not say which keys lie ahead, so the point is a guess from a page: its last key up to a place where
    /// keys vary, and there another character, one that occurs there. A bad guess costs a request that finds nothing,
    /// and never loses a key.
    /// - Parameters:
    ///   - prefix: The common prefix of all keys.
    ///   - first: The page's first key; `after` is its last.
    ///   - alphabet: The characters of keys.
    ///   - isNear: True for a point at the last place that has one, where the nearest keys differ. Otherwise it may be
    ///     anywhere, beyond all keys too.
    func divided(
        prefix: String, first: String, _ alphabet: KeyAlphabet, isNear: Bool, _ random: RandomSource
    ) -> (KeyRange, KeyRange)? {
        guard let after else { return nil }
        let (first, last) = (Array(first.unicodeScalars), Array(after.unicodeScalars))
        let common = zip(last, first).prefix { $0 == $1 }.count
        let start = prefix.unicodeScalars.count
        guard start < min(common + 1, last.count) else { return nil }
        var points: [String] = []
        for place in (start..<min(common + 1, last.count)).reversed() {
            let scalars = alphabet.scalars(at: place - start)
            // Where the page's own keys differ, the point is as far ahead as the page is long.
            let length = place < first.count ? scalars.count { first[place] <= $0 && $0 < last[place] } : 1
            for next in scalars.filter({ $0 > last[place] }).dropFirst(max(0, length - 1)) {
                var point = String.UnicodeScalarView(last[..<place])
                point.append(next)
                let text = String(point)
                // Bytes are compared, not strings, whose order is the one for people.
                if contains(text), !ends(at: text) { points.append(text) }
            }
            if isNear, !points.isEmpty { break }
        }
        guard let point = random.element(of: points) else { return nil }
        return (KeyRange(after: after, end: point), KeyRange(after: point, end: end))
    }
}
