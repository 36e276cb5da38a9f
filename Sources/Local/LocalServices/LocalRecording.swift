import Foundation

/// What the local VoiceIt hears in an audio file: marks in its bytes, in place of a voice.
///
/// `local-voice: <who>` is who speaks, `local-phrase: <text>` what is said (without it: what was asked for), and
/// `local-code: <CODE>` makes VoiceIt answer that, whoever speaks; each on a line of its own.
package struct LocalRecording: Sendable, Equatable {
    /// Nil: nobody speaks.
    package var voice: String?
    package var phrase: String?
    package var code: String?

    package init(voice: String? = "caller", phrase: String? = nil, code: String? = nil) {
        self.voice = voice
        self.phrase = phrase
        self.code = code
    }

    /// Reads the marks.
    package init(_ audio: [UInt8]) {
        var marks: [String: String] = [:]
        for line in audio.split(separator: UInt8(ascii: "\n")) {
            let parts = String(decoding: line, as: UTF8.self).split(separator: ": ", maxSplits: 1)
            if parts.count == 2 { marks[String(parts[0])] = String(parts[1]) }
        }
        self.init(voice: marks["local-voice"], phrase: marks["local-phrase"], code: marks["local-code"])
    }

    /// A short WAV file with these marks; `take` makes two of them different.
    package func audio(take: String = UUID().uuidString) -> [UInt8] {
        let marks = [("voice", voice), ("phrase", phrase), ("code", code), ("take", take)]
        let lines = marks.compactMap { name, value in value.map { "local-\(name): \($0)\n" } }.joined()
        // 8,000 samples a second of 16 bits, one channel: a tenth of a second of silence before and behind.
        let silence = [UInt8](repeating: 0, count: 1600)
        let data = silence + Array("\n\(lines)\(lines.utf8.count.isMultiple(of: 2) ? " " : "")".utf8) + silence
        func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> ($0 * 8) & 255) } }
        let format = little(1, 2) + little(1, 2) + little(8000, 4) + little(16_000, 4) + little(2, 2) + little(16, 2)
        return Array("RIFF".utf8) + little(36 + data.count, 4) + Array("WAVEfmt ".utf8) + little(16, 4) + format
            + Array("data".utf8) + little(data.count, 4) + data
    }
}
