/// Parses "ask <skill> to …"; nil if the utterance does not name the skill.
struct Invocation: Equatable {
    /// The request to the skill; empty when it is only opened.
    let rest: String
    /// The same with its connecting word, such as "for" or "to": samples may have either form.
    let connected: String

    private static let connectors: Set = [
        "for", "to", "about", "and", "nach", "um", "und", "zu", "ob", "por", "que", "para", "sobre", "y", "con",
    ]
    /// A possessive or an article before the name changes nothing: "abre mi jokebox" opens it, too.
    private static let openers: Set = [
        "my", "the", "mein", "meine", "meinen", "den", "die", "das", "mi", "la", "el",
        "open", "launch", "start", "ask", "tell", "use", "run", "begin", "öffne", "starte", "frage", "frag", "sage",
        "sag", "bitte", "mach", "aktiviere", "beginne", "meiner", "meinem", "dem", "der", "in", "mit",
        "abre", "inicia", "pregunta", "pide", "dile", "lanza", "a", "alexa",
        "talk", "speak", "to", "with", "please", "can", "could", "you", "enable", "sprich", "rede", "kannst", "du",
        "pregúntale", "preguntale", "pídele", "pidele", "habla", "hablar", "con", "usa", "puedes", "por", "favor",
    ]

    /// Words between a request and the name after it: "get my top lead from my assistant".
    private static let joints: Set = [
        "from", "using", "with", "in", "on", "mit", "von", "bei", "aus", "con", "de", "en",
    ]
    /// Politeness after everything, which changes nothing.
    private static let politeness: Set = ["please", "bitte", "por favor"]

    /// Returns the words that open a skill in the language of a locale.
    static func opening(_ name: String, locale: String) -> String {
        switch locale.prefix(2) {
        case "de": "öffne \(German.capitalized(name))"
        case "es": "abre \(name)"
        default: "open \(name)"
        }
    }

    /// German spelling: a model has the name in lower case.
    private enum German {
        private static let small: Set = ["mein", "meine", "meinen", "dein", "deine", "der", "die", "das", "und", "von"]

        static func capitalized(_ name: String) -> String {
            name.split(separator: " ").map { word in
                small.contains(String(word)) ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
            }.joined(separator: " ")
        }
    }

    private static func isPolite(_ words: ArraySlice<String>) -> Bool {
        words.isEmpty || politeness.contains(words.joined(separator: " "))
    }

    /// Returns a word without a German ending of its case.
    private static func stem(_ word: String) -> String {
        for ending in ["en", "em", "er", "e", "n"] where word.hasSuffix(ending) && word.count >= ending.count + 4 {
            return String(word.dropLast(ending.count))
        }
        return word
    }

    init?(_ text: String, name: String) {
        let words = UtteranceMatcher.words(of: text)
        let normal = words.map(UtteranceMatcher.normal)
        let wanted = UtteranceMatcher.normal(name).split(separator: " ").map(String.init)
        guard !wanted.isEmpty, normal.count >= wanted.count else { return nil }
        // A name is inflected where its language does that: "sag meiner …", "öffne meinen …".
        let stems = wanted.map(Self.stem)
        let start = (0...(normal.count - wanted.count)).first { place in
            normal[place..<(place + wanted.count)].map(Self.stem) == stems
        }
        guard let start else { return nil }
        guard normal[..<start].allSatisfy(Self.openers.contains) else {
            let end = start + wanted.count
            guard start > 1, Self.joints.contains(normal[start - 1]), Self.isPolite(normal[end...]) else { return nil }
            connected = words[..<(start - 1)].joined(separator: " ")
            rest = connected
            return
        }
        var rest = words[(start + wanted.count)...]
        for length in [2, 1] where !rest.isEmpty && Self.isPolite(rest.suffix(length).map(UtteranceMatcher.normal)[...])
        {
            rest = rest.dropLast(length)
        }
        connected = rest.joined(separator: " ")
        if let first = rest.first, Self.connectors.contains(UtteranceMatcher.normal(first)), rest.count > 1 {
            rest = rest.dropFirst()
        }
        self.rest = rest.joined(separator: " ")
    }
}
