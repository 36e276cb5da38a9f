import Foundation

/// A matcher of typed text: finds the intent whose sample utterance matches, and the values of its slots.
///
/// The sample with the most literal words wins, then the one whose slots hold the most known values, then the one with
/// the most slots, then the model's order. Case and punctuation are ignored. Of two adjacent slots the first takes as
/// few words as it can.
struct UtteranceMatcher {
    struct Match: Equatable {
        let intent: String
        let slots: [String: String]
        /// True when no word was left for a slot.
        var isLiteral: Bool { slots.isEmpty }
    }

    private enum Piece {
        case word(String)
        /// A slot; `suffix` follows it in the same word, as in `{name}'s`.
        case slot(String, type: String, suffix: String)
    }

    private struct Sample {
        let intent: String
        let pieces: [Piece]

        var words: Int { pieces.count { if case .word = $0 { true } else { false } } }

        func has(_ slot: String) -> Bool {
            pieces.contains { if case .slot(slot, _, _) = $0 { true } else { false } }
        }
    }

    /// The most words of an utterance that a sample may match.
    private static let longest = 100

    private let samples: [Sample]
    private let values: [String: Set<String>]
    let phrases: BuiltInPhrases

    init(_ model: InteractionModel, locale: String) {
        let phrases = BuiltInPhrases(locale: locale)
        self.phrases = phrases
        samples = model.languageModel.intents.flatMap { intent in
            ((intent.samples ?? []) + phrases.phrases(of: intent.name)).map { sample in
                Sample(intent: intent.name, pieces: Self.pieces(of: sample, intent.slots ?? []))
            }
        }
        values = (model.languageModel.types ?? []).reduce(into: [:]) { all, type in
            let names = (type.values ?? []).flatMap { [$0.name.value] + ($0.name.synonyms ?? []) }
            all[type.name, default: []].formUnion(names.map(Self.normal))
        }
    }

    /// Returns the best match; nil when no sample matches.
    func match(_ text: String) -> Match? {
        best(of: samples, text)
    }

    /// Returns a person's reply to the question for a slot: by the slot's samples, else the intent's, else the words
    /// themselves.
    func answer(_ text: String, to slot: String, of intent: InteractionModel.Intent) -> [String: String] {
        let slots = intent.slots ?? []
        let own = slots.first { $0.name == slot }?.samples ?? []
        let all = (own + (intent.samples ?? [])).map { Sample(intent: intent.name, pieces: Self.pieces(of: $0, slots)) }
        // Of the intent's samples, one with only slots would cut every reply in pieces.
        let samples = all.enumerated().filter { $0.offset < own.count || $0.element.words > 0 }.map(\.element)
        if let match = best(of: samples.filter { $0.has(slot) }, text) { return match.slots }
        return [slot: Self.words(of: text).joined(separator: " ")]
    }

    func isYes(_ text: String) -> Bool { phrases.yes.contains { Self.normal($0) == Self.normal(text) } }
    func isNo(_ text: String) -> Bool { phrases.no.contains { Self.normal($0) == Self.normal(text) } }

    // MARK: Words

    /// Returns the words as typed, without punctuation around them.
    static func words(of text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace)
            .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ".,!?;:¿¡\"")) }.filter { !$0.isEmpty }
    }

    static func normal(_ text: String) -> String {
        words(of: text).joined(separator: " ").lowercased().replacing("’", with: "'")
    }

    private static func pieces(of sample: String, _ slots: [InteractionModel.Slot]) -> [Piece] {
        let spaced = sample.replacing("{", with: " {").split(whereSeparator: \.isWhitespace)
        return spaced.compactMap { word in
            guard let match = word.wholeMatch(of: #/\{([^}]+)\}(.*)/#) else {
                let normal = normal(String(word))
                return normal.isEmpty ? nil : .word(normal)
            }
            let name = String(match.1)
            return .slot(
                name, type: slots.first { $0.name == name }?.type ?? "", suffix: normal(String(match.2)))
        }
    }

    // MARK: Matching

    private func best(of samples: [Sample], _ text: String) -> Match? {
        let words = Self.words(of: text)
        // Nobody says more in one breath, and the ways to share many words between slots are many.
        guard words.count <= Self.longest else { return nil }
        var best: (match: Match, words: Int, known: Int)?
        let fitsBetter = { (words: Int, known: Int, slots: Int) in
            best.map { (words, known, slots) > ($0.words, $0.known, $0.match.slots.count) } ?? true
        }
        for sample in samples {
            guard let slots = fill(sample.pieces[...], words[...]) else { continue }
            let known = sample.pieces.count {
                guard case .slot(let name, let type, _) = $0, let value = slots[name] else { return false }
                return values[type]?.contains(Self.normal(value)) == true
            }
            guard fitsBetter(sample.words, known, slots.count) else { continue }
            best = (Match(intent: sample.intent, slots: slots), sample.words, known)
        }
        return best?.match
    }

    private func fill(_ pieces: ArraySlice<Piece>, _ words: ArraySlice<String>) -> [String: String]? {
        guard let piece = pieces.first else { return words.isEmpty ? [:] : nil }
        switch piece {
        case .word(let word):
            guard let first = words.first, Self.normal(first) == word else { return nil }
            return fill(pieces.dropFirst(), words.dropFirst())
        case .slot(let name, let type, let suffix):
            guard !words.isEmpty else { return nil }
            for count in 1...words.count {
                var value = words.prefix(count).joined(separator: " ")
                if !suffix.isEmpty {
                    guard Self.normal(value).hasSuffix(suffix), value.count > suffix.count else { continue }
                    value = String(value.dropLast(suffix.count))
                }
                guard type != "AMAZON.NUMBER" || value.allSatisfy(\.isNumber) else { continue }
                if let rest = fill(pieces.dropFirst(), words.dropFirst(count)) {
                    return rest.merging([name: value]) { $1 }
                }
            }
            return nil
        }
    }
}
