import Encoding
import Foundation

/// Speech as readable text.
enum SpokenText {
    private static let entities = [
        ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&"),
    ]

    /// Returns SSML without its tags and escapes, on one line; audio is named.
    static func plain(_ ssml: String) -> String {
        var text = ssml.replacing(#/<audio[^>]*>/#, with: "[audio]").replacing(#/<[^>]*>/#, with: " ")
        for (entity, character) in entities {
            text = text.substituting(character, for: entity)
        }
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .replacing(#/ ([.,!?;:])(?=\s|$)/#) { String($0.1) }
    }
}
