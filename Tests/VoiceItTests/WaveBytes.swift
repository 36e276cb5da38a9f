import Foundation
import JSON
import TestSupport

/// WAV files with any header, and Python's reading of them.
struct WaveBytes {
    let format: [UInt8]
    let samples: [UInt8]

    init(rate: Int = 8000, channels: Int = 1, bits: Int = 16, milliseconds: Int) {
        let frame = channels * bits / 8
        format = Self.chunk(
            "fmt ",
            Self.little(1, 2) + Self.little(channels, 2) + Self.little(rate, 4) + Self.little(rate * frame, 4)
                + Self.little(frame, 2) + Self.little(bits, 2))
        let count = rate * milliseconds / 1000 * frame
        samples = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    }

    /// Returns the file; with other lengths in its header than the true ones.
    func file(dataSize: UInt32? = nil, riffSize: UInt32? = nil) -> [UInt8] {
        var file = Self.riff([format, Self.chunk("data", samples)])
        if let dataSize { file.replaceSubrange(40..<44, with: Self.little(Int(dataSize), 4)) }
        if let riffSize { file.replaceSubrange(4..<8, with: Self.little(Int(riffSize), 4)) }
        return file
    }

    static func riff(_ chunks: [[UInt8]]) -> [UInt8] {
        let body = Array("WAVE".utf8) + chunks.joined()
        return Array("RIFF".utf8) + little(body.count, 4) + body
    }

    static func chunk(_ tag: String, _ body: [UInt8]) -> [UInt8] {
        Array(tag.utf8) + little(body.count, 4) + body + [UInt8](repeating: 0, count: body.count % 2)
    }

    static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// Returns channels, bits, frames a second, frames and the samples' digest, or Python's error.
    static func read(_ file: [UInt8]) throws -> String {
        try PythonOracle.answers(of: "wave_oracle.py", to: [.object(["file": .string(hexadecimal(file))])])[0]
    }

    /// Returns the digest of samples, in Python's form.
    static func digest(_ samples: [UInt8]) throws -> String {
        // A file with these samples: eight bits, one channel.
        let format = chunk(
            "fmt ", little(1, 2) + little(1, 2) + little(8000, 4) + little(8000, 4) + little(1, 2) + little(8, 2))
        let line = try read(riff([format, chunk("data", samples)]))
        return line.split(separator: " ").last.map(String.init) ?? ""
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
