import Foundation
import VoiceIt

/// The content of an audio file for the local VoiceIt: marks in its header, in place of a voice.
///
/// `local-voice: <who>` is the speaker, `local-phrase: <text>` the spoken words (without it: the requested ones), and
/// `local-code: <CODE>` makes VoiceIt respond with that for any speaker; each on its own line, in a comment (`LIST`,
/// `INFO`, `ICMT`) before the samples, so that a truncated file keeps them. Length and silence are those of the
/// samples. What is heard in a file without marks is one and the same unknown speaker, who says what was requested.
package struct LocalRecording: Sendable, Equatable {
    /// The speaker of files without marks.
    package static let unknownVoice = "somebody"

    /// Nil for no speaker.
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
        let head = audio.prefix(WaveFile(audio)?.samples.lowerBound ?? 0)
        for line in head.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == 0 }) {
            let parts = String(decoding: line, as: UTF8.self).split(separator: ": ", maxSplits: 1)
            if parts.count == 2 { marks[String(parts[0])] = String(parts[1]) }
        }
        self.init(voice: marks["local-voice"], phrase: marks["local-phrase"], code: marks["local-code"])
    }

    /// Returns a WAV file with these marks, whose recording stops soon after the words.
    ///
    /// - Parameter take: Makes two files of the same words different, by their noise.
    package func audio(take: String = UUID().uuidString) -> [UInt8] {
        SpokenTurn(self).audio(take: take)
    }

    /// Returns a WAV file of samples with these marks.
    func wave(_ samples: [Int16], samplesPerSecond rate: Int = SynthesizedSpeech.samplesPerSecond) -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> ($0 * 8) & 255) } }
        func chunk(_ tag: String, _ body: [UInt8]) -> [UInt8] {
            Array(tag.utf8) + little(body.count, 4) + body + [UInt8](repeating: 0, count: body.count % 2)
        }
        let format = little(1, 2) + little(1, 2) + little(rate, 4) + little(2 * rate, 4) + little(2, 2) + little(16, 2)
        let marks = [("voice", voice), ("phrase", phrase), ("code", code)]
        // A line break at both ends: a mark is a whole line.
        let lines = "\n" + marks.compactMap { name, value in value.map { "local-\(name): \($0)\n" } }.joined()
        // All supported machines are little-endian.
        let data = samples.withUnsafeBytes { Array($0) }
        let body =
            Array("WAVE".utf8) + chunk("fmt ", format)
            + chunk("LIST", Array("INFO".utf8) + chunk("ICMT", Array(lines.utf8))) + chunk("data", data)
        return chunk("RIFF", body)
    }
}
