/// The characters of keys at each place after their prefix, as far as they have been seen.
///
/// The n-th character of a number is a digit, and of a name often the same letter in all keys; only where several are
/// seen, as in identifiers, may any of those come that are seen in other such places.
struct KeyAlphabet: Sendable {
    /// Bounds on memory: the places looked at, and the characters remembered of each.
    private static let (deepest, widest) = (64, 128)
    /// The number of characters at a place from which on it may have any.
    private static let several = 4
    private static let digits = Set("0123456789".unicodeScalars)

    private var places: [Set<Unicode.Scalar>] = []

    /// Notes the characters of some of a page's keys.
    mutating func add(_ keys: some RandomAccessCollection<String>, prefix: String) {
        let start = prefix.unicodeScalars.count
        for offset in stride(from: 0, to: keys.count, by: 50) {
            let key = keys[keys.index(keys.startIndex, offsetBy: offset)]
            for (place, scalar) in key.unicodeScalars.dropFirst(start).prefix(Self.deepest).enumerated() {
                if place == places.count { places.append([]) }
                if places[place].count < Self.widest { places[place].insert(scalar) }
            }
        }
    }

    /// Returns the characters that may stand at a place, sorted.
    func scalars(at place: Int) -> [Unicode.Scalar] {
        guard place < places.count else { return [] }
        var scalars = places[place]
        if scalars.count >= Self.several {
            for other in places where other.count >= Self.several { scalars.formUnion(other) }
        }
        // One digit is seen at the beginning of a count, and all ten come.
        if !scalars.isDisjoint(with: Self.digits) { scalars.formUnion(Self.digits) }
        return scalars.sorted()
    }
}
