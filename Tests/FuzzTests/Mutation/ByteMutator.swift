import LocalServices

/// Changes byte strings in the ways that break readers: flipped bits, cut and repeated parts, tokens of the format, numbers
/// at their limits, odd characters, deep nesting, two inputs joined.
///
/// The same generator gives the same bytes on every machine.
struct ByteMutator: Sendable {
    /// Words and signs of the format.
    let tokens: [[UInt8]]
    /// The most bytes of a result.
    let longest: Int

    private static let odd = (OddValues.texts + OddValues.numbers).map { Array($0.utf8) }
    private static let brackets = ["[]", "{}", "()", "<>", "\"\"", "''", "%%"].map { Array($0.utf8) }

    /// Returns a changed copy; `other` is an input to take parts from.
    func mutated(_ input: [UInt8], with other: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = input
        for _ in 0..<Int.random(in: 1...3, using: &generator) { change(&bytes, other, &generator) }
        return bytes.count > longest ? Array(bytes.prefix(longest)) : bytes
    }

    private func change(_ bytes: inout [UInt8], _ other: [UInt8], _ generator: inout SeededGenerator) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        let part = part(of: bytes, &generator)
        switch Int.random(in: 0..<14, using: &generator) {
        case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
        case 1: if place < bytes.count { bytes[place] = UInt8.random(in: .min ... .max, using: &generator) }
        case 2: bytes.removeSubrange(part)
        case 3: bytes.removeSubrange(place...)
        case 4, 5: bytes.insert(contentsOf: token(&generator), at: place)
        case 6: bytes.replaceSubrange(part, with: token(&generator))
        case 7: bytes.insert(contentsOf: bytes[part], at: place)
        case 8: repeatPart(&bytes, part, &generator)
        case 9: bytes.replaceSubrange(part, with: other[self.part(of: other, &generator)])
        case 10: bytes = bytes.prefix(place) + other.suffix(Int.random(in: 0...other.count, using: &generator))
        case 11: replaceNumber(&bytes, from: place, &generator)
        case 12: nest(&bytes, part, &generator)
        default:
            let scalar = OddValues.scalars.randomElement(using: &generator) ?? " "
            bytes.insert(contentsOf: Array(String(scalar).utf8), at: place)
        }
    }

    private func token(_ generator: inout SeededGenerator) -> [UInt8] {
        let list = tokens.isEmpty || Int.random(in: 0..<3, using: &generator) == 0 ? Self.odd : tokens
        return list.randomElement(using: &generator) ?? []
    }

    /// Returns a part that is mostly short.
    private func part(of bytes: [UInt8], _ generator: inout SeededGenerator) -> Range<Int> {
        let start = Int.random(in: 0...bytes.count, using: &generator)
        let limit = Int.random(in: 0..<4, using: &generator) == 0 ? bytes.count : 16
        let length = Int.random(in: 0...min(limit, bytes.count - start), using: &generator)
        return start..<(start + length)
    }

    /// Repeats a part up to some thousand times: what takes more than linear time shows.
    private func repeatPart(_ bytes: inout [UInt8], _ part: Range<Int>, _ generator: inout SeededGenerator) {
        guard !part.isEmpty else { return }
        let times = 1 << Int.random(in: 1...12, using: &generator)
        let room = max(0, longest - bytes.count) / part.count
        let repeated = Array(repeatElement(bytes[part], count: min(times, room)).joined())
        bytes.insert(contentsOf: repeated, at: part.upperBound)
    }

    private func replaceNumber(_ bytes: inout [UInt8], from place: Int, _ generator: inout SeededGenerator) {
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: Array((OddValues.numbers.randomElement(using: &generator) ?? "").utf8))
    }

    private func nest(_ bytes: inout [UInt8], _ part: Range<Int>, _ generator: inout SeededGenerator) {
        guard let pair = Self.brackets.randomElement(using: &generator) else { return }
        let depth = 1 << Int.random(in: 0...10, using: &generator)
        let closing = Bool.random(using: &generator) ? Array(repeating: pair[1], count: depth) : []
        bytes.insert(contentsOf: closing, at: part.upperBound)
        bytes.insert(contentsOf: Array(repeating: pair[0], count: depth), at: part.lowerBound)
    }
}
