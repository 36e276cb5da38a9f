import Foundation

/// A tone as a WAV file: PCM, 8 bits, one channel, 8,000 samples a second.
package struct Tone: Sendable, Equatable {
    /// Whole, so that each second is like the first.
    package let hertz: Int
    package let seconds: Int

    private static let samplesPerSecond = 8000

    package init(hertz: Int, seconds: Int) {
        self.hertz = hertz
        self.seconds = seconds
    }

    /// The file: a header of 44 bytes and 8,000 bytes a second.
    package var wave: [UInt8] {
        let second = (0..<Self.samplesPerSecond).map { sample in
            let angle = 2 * Double.pi * Double(sample * hertz) / Double(Self.samplesPerSecond)
            return UInt8((128 + 60 * sin(angle)).rounded())
        }
        let size = second.count * seconds
        var file = Array("RIFF".utf8) + Self.number(36 + size, bytes: 4) + Array("WAVEfmt ".utf8)
        // The format: its own size, PCM, channels, samples and bytes a second, bytes a sample, bits a sample.
        file += Self.number(16, bytes: 4) + Self.number(1, bytes: 2) + Self.number(1, bytes: 2)
        file += Self.number(Self.samplesPerSecond, bytes: 4) + Self.number(Self.samplesPerSecond, bytes: 4)
        file += Self.number(1, bytes: 2) + Self.number(8, bytes: 2)
        file += Array("data".utf8) + Self.number(size, bytes: 4)
        for _ in 0..<seconds { file += second }
        return file
    }

    private static func number(_ value: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
