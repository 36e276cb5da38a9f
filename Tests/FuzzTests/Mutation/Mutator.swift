import JSON
import LocalServices

/// Makes inputs of a format from seeds: changed as JSON, where they are JSON, or as bytes.
struct Mutator: Sendable {
    private static let jsonTokens = [
        "{", "}", "[", "]", "\"", ":", ",", "null", "true", "\\u0000", "\\ud800", "\\ud83d\\ude00", "\\n", "1e9",
        "\"a\":1,",
    ]

    /// An input to begin with, and its value where it is JSON.
    private struct Seed: Sendable {
        let bytes: [UInt8]
        let json: JSONValue?
    }

    private let seeds: [Seed]
    private let byByte: ByteMutator
    private let byValue = JSONMutator()

    init(seeds: [[UInt8]], tokens: [String] = [], longest: Int = 8192) {
        self.seeds = seeds.map { Seed(bytes: $0, json: try? JSONValue(parsing: $0)) }
        let isJSON = self.seeds.contains { $0.json?.object != nil }
        byByte = ByteMutator(
            tokens: (tokens + (isJSON ? Self.jsonTokens : [])).map { Array($0.utf8) }, longest: longest)
    }

    /// Returns an input made from one seed, and parts of another.
    func input(_ generator: inout SeededGenerator) -> [UInt8] {
        guard let seed = seeds.randomElement(using: &generator), let other = seeds.randomElement(using: &generator)
        else {
            return []
        }
        switch Int.random(in: 0..<20, using: &generator) {
        case 0: return seed.bytes
        case 1..<14:
            guard let json = seed.json else { break }
            var value = json
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                value = byValue.mutated(value, with: other.json ?? json, &generator)
            }
            let bytes = value.bytes
            return bytes.count > byByte.longest ? seed.bytes : bytes
        case 14..<17:
            guard let json = seed.json else { break }
            return byByte.mutated(
                byValue.mutated(json, with: other.json ?? json, &generator).bytes, with: other.bytes, &generator)
        default: break
        }
        return byByte.mutated(seed.bytes, with: other.bytes, &generator)
    }

    /// Returns a changed copy of an input that is not a seed.
    func mutated(_ input: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        let other = seeds.randomElement(using: &generator)
        if Bool.random(using: &generator), let json = try? JSONValue(parsing: input) {
            let bytes = byValue.mutated(json, with: other?.json ?? json, &generator).bytes
            return bytes.count > byByte.longest ? input : bytes
        }
        return byByte.mutated(input, with: other?.bytes ?? input, &generator)
    }
}
