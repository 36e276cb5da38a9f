/// The sentences of a skill, in one table: by locale and key, with `{placeholders}`.
///
/// Sentences are SSML, in which values are escaped, and plain text on cards.
package struct SkillStrings<Key: Hashable & CaseIterable & RawRepresentable & Sendable>: Sendable
where Key.RawValue == String {
    private let table: [String: [Key: String]]
    private let fallback: String

    /// - Parameters:
    ///   - table: Sentences by locale, such as `de-DE`.
    ///   - fallback: The locale of requests in a language that the table does not have.
    package init(fallback: String, _ table: [String: [Key: String]]) {
        self.table = table
        self.fallback = fallback
    }

    /// The locales in the table, sorted.
    package var locales: [String] { table.keys.sorted() }

    /// A sentence to say. `{name}` becomes the value of that name, escaped.
    package func speech(_ key: Key, _ locale: String?, _ values: [String: String] = [:]) -> Speech {
        Speech(markup: filled(key, locale, values.mapValues(Speech.escaped)))
    }

    /// A sentence to show on a card.
    package func text(_ key: Key, _ locale: String?, _ values: [String: String] = [:]) -> String {
        filled(key, locale, values)
    }

    /// The faults of the table: a locale that lacks a key, or a sentence whose placeholders differ from those of the
    /// fallback's. Empty when there are none.
    package var faults: [String] {
        var faults: [String] = []
        for locale in locales {
            for key in Key.allCases {
                guard let sentence = table[locale]?[key] else {
                    faults.append("\(locale) lacks \(key.rawValue)")
                    continue
                }
                if Self.placeholders(sentence) != Self.placeholders(table[fallback]?[key] ?? "") {
                    faults.append("\(locale) has other placeholders in \(key.rawValue)")
                }
            }
        }
        return table[fallback] == nil ? faults + ["\(fallback) is missing"] : faults
    }

    private func filled(_ key: Key, _ locale: String?, _ values: [String: String]) -> String {
        let sentence = sentences(locale)[key] ?? table[fallback]?[key] ?? ""
        return Self.pieces(sentence).map { $0.isPlaceholder ? values[$0.text] ?? "" : $0.text }.joined()
    }

    /// Returns the sentences of the locale, else of another one of its language, else the fallback's.
    private func sentences(_ locale: String?) -> [Key: String] {
        if let locale {
            if let sentences = table[locale] { return sentences }
            let language = locale.prefix { $0 != "-" } + "-"
            if let near = locales.first(where: { $0.hasPrefix(language) }) { return table[near] ?? [:] }
        }
        return table[fallback] ?? [:]
    }

    private static func placeholders(_ sentence: String) -> Set<String> {
        Set(pieces(sentence).filter(\.isPlaceholder).map(\.text))
    }

    /// Returns the text between and inside braces: filled-in values are never parsed again.
    private static func pieces(_ sentence: String) -> [(text: String, isPlaceholder: Bool)] {
        var pieces: [(text: String, isPlaceholder: Bool)] = []
        var rest = sentence[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            pieces.append((String(rest[..<open]), false))
            pieces.append((String(rest[rest.index(after: open)..<close]), true))
            rest = rest[rest.index(after: close)...]
        }
        return pieces + [(String(rest), false)]
    }
}
