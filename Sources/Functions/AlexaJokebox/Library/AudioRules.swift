import AWS

/// The rules that select playable objects of the bucket for a listener's language.
struct AudioRules: Sendable, Equatable {
    /// The placeholder of the listener's language in `AUDIO_PREFIX`.
    private static let placeholder = "{language}"
    /// The language of requests that do not state theirs.
    static let defaultLanguage = "en"

    /// The extensions of the formats that Alexa's audio player supports: no WAV, no Ogg. "AudioPlayer Interface
    /// Reference", supported stream formats.
    static let played = [".mp3", ".m4a", ".mp4", ".aac", ".m3u", ".m3u8", ".pls"]

    /// `AUDIO_PREFIX` before, between and after its placeholders: with the language filled in, all keys begin with it.
    private let pieces: [String]
    /// The extensions in lower case, each with its dot.
    private let extensions: [String]

    init(prefix: String, extensions: [String]) {
        var pieces = [""]
        var rest = prefix[...]
        while let first = rest.first {
            if rest.hasPrefix(Self.placeholder) {
                pieces.append("")
                rest = rest.dropFirst(Self.placeholder.count)
            } else {
                pieces[pieces.count - 1].append(first)
                rest = rest.dropFirst()
            }
        }
        self.pieces = pieces
        self.extensions = extensions
    }

    /// Reads `.mp3, M4A`; nil when an element is not a format that the player supports, or there is none.
    static func extensions(parsing text: String) -> [String]? {
        let parts = text.split(separator: ",").map { part in
            part.filter { !$0.isWhitespace }.lowercased()
        }.filter { !$0.isEmpty }.map { $0.hasPrefix(".") ? $0 : ".\($0)" }
        return !parts.isEmpty && parts.allSatisfy(played.contains) ? parts : nil
    }

    /// Returns the language of a locale such as `es-ES`; nil for an invalid one.
    static func language(of locale: String?) -> String? {
        guard let language = locale?.split(separator: "-", omittingEmptySubsequences: false).first?.lowercased()
        else { return nil }
        return isLanguage(language[...]) ? language : nil
    }

    /// The prefix for a language.
    func prefix(for language: String) -> String {
        pieces.joined(separator: language)
    }

    /// Returns true when an object of a listing can be played: folders and other files cannot.
    func isPlayable(_ object: S3Object) -> Bool {
        hasExtension(object.key)
    }

    /// Returns true when a key, which may come from anywhere, is one that this skill plays to a speaker of `language`.
    func allows(_ key: String, language: String) -> Bool {
        key.utf8.starts(with: prefix(for: language).utf8) && hasExtension(key) && key.utf8.count <= 1024
    }

    /// Returns the language in whose prefix a key lies, as far as the key tells; nil when the prefix has no
    /// placeholder.
    func language(ofKey key: String) -> String? {
        guard pieces.count > 1, let start = pieces.first?.utf8, key.utf8.starts(with: start) else { return nil }
        let language = key.utf8.dropFirst(start.count).prefix { (0x61...0x7a).contains($0) }
        let found = String(decoding: language, as: UTF8.self)
        return Self.isLanguage(found[...]) && key.utf8.starts(with: prefix(for: found).utf8) ? found : nil
    }

    private func hasExtension(_ key: String) -> Bool {
        extensions.contains { wanted in
            let end = key.utf8.suffix(wanted.utf8.count)
            return end.count == wanted.utf8.count
                && zip(end, wanted.utf8).allSatisfy { byte, lower in
                    ((0x41...0x5a).contains(byte) ? byte | 0x20 : byte) == lower
                }
        }
    }

    /// Two or three letters: it becomes part of a key's prefix.
    private static func isLanguage(_ text: Substring) -> Bool {
        (2...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7a).contains($0) }
    }
}
