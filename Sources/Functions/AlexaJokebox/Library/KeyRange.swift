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

    /// Returns the range in up to `count` pieces, cut at random points, for as many requests at once.
    ///
    /// S3 does not say which keys lie ahead, so the points are guesses from a page: its last key up to a place where
    /// keys vary, and there another character, one that occurs in keys. A bad guess costs a request that finds nothing,
    /// and never loses a key.
    /// - Parameters:
    ///   - prefix: The common prefix of all keys.
    ///   - first: The page's first key; `after` is its last.
    ///   - alphabet: The characters of keys, sorted.
    func pieces(_ count: Int, prefix: String, first: String, alphabet: [Unicode.Scalar], _ random: RandomSource)
        -> [KeyRange]
    {
        guard let after, count > 1 else { return [self] }
        let last = Array(after.unicodeScalars)
        let common = zip(last, first.unicodeScalars).prefix { $0 == $1 }.count
        let places = prefix.unicodeScalars.count..<min(common + 1, last.count)
        guard !places.isEmpty else { return [self] }
        var points: [String] = []
        for _ in 0..<count * 4 where points.count < count - 1 {
            let place = places.lowerBound + random.below(places.count)
            guard let next = random.element(of: alphabet[Self.upper(last[place], alphabet)...]) else { continue }
            var point = String.UnicodeScalarView(last[..<place])
            point.append(next)
            let text = String(point)
            // Bytes are compared, not strings, whose order is the one for people.
            if contains(text), end.map({ !$0.utf8.elementsEqual(text.utf8) }) ?? true,
                !points.contains(where: { $0.utf8.elementsEqual(text.utf8) })
            {
                points.append(text)
            }
        }
        points.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var pieces: [KeyRange] = []
        var start: String? = after
        for point in points {
            pieces.append(KeyRange(after: start, end: point))
            start = point
        }
        return pieces + [KeyRange(after: start, end: end)]
    }

    /// Returns the first of the alphabet after a character.
    private static func upper(_ character: Unicode.Scalar, _ alphabet: [Unicode.Scalar]) -> Int {
        alphabet.firstIndex { $0 > character } ?? alphabet.count
    }
}
