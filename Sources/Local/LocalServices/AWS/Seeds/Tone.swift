/// A tone as an MP3 file, which Alexa's player plays: MPEG-1 layer III, one channel, 48,000 samples and 128 kbit a second.
///
/// ISO/IEC 11172-3. Every frame has the same content: one spectral line, whose sign keeps the tone in phase from
/// granule to granule.
package struct Tone: Sendable, Equatable {
    /// The frequency, rounded to the middle of a spectral line, each of which is 41.7 Hz wide.
    package let hertz: Int
    package let seconds: Int

    private static let bytesPerSecond = 16_000
    private static let frameBytes = 384
    private static let lineHertz = 24_000.0 / 576

    package init(hertz: Int, seconds: Int) {
        self.hertz = hertz
        self.seconds = seconds
    }

    /// The file: 16,000 bytes a second, of which an ID3 tag fills what whole frames leave over.
    package var mp3: [UInt8] {
        let size = Self.bytesPerSecond * seconds
        let count = max(0, size - Self.tagHead) / Self.frameBytes
        var file = Self.tag(size - count * Self.frameBytes)
        let frames = [frame(isNegative: [false, true]), frame(isNegative: [true, false])]
        for index in 0..<count { file += frames[index % 2] }
        return file
    }

    // MARK: Frames

    /// A frame of two granules.
    private func frame(isNegative signs: [Bool]) -> [UInt8] {
        let line = max(0, Int(Double(hertz) / Self.lineHertz))
        var bits = Bits()
        // Synchronisation, MPEG-1, layer III, no checksum; 128 kbit/s, 48 kHz; one channel.
        bits.append(0xFFFB_94C0, 32)
        // The offset of the main data, private bits, shared scale factors.
        bits.append(0, 9 + 5 + 4)
        for _ in signs {
            // The length in bits: a bit for each pair of lines that are zero, a code and a sign for the one that is not.
            bits.append(line / 2 + (line.isMultiple(of: 2) ? 2 : 3) + 1, 12)
            bits.append(line / 2 + 1, 9)
            bits.append(Self.gain, 8)
            // No scale factors, no other window; code table 1 in each of three regions, which are as short as can be.
            bits.append(0, 4 + 1)
            for _ in 1...3 { bits.append(1, 5) }
            bits.append(0, 4 + 3 + 3)
        }
        for isNegative in signs {
            bits.append(-1, line / 2)
            bits.append(1, line.isMultiple(of: 2) ? 2 : 3)
            bits.append(isNegative ? 1 : 0, 1)
        }
        return bits.bytes + [UInt8](repeating: 0, count: Self.frameBytes - bits.bytes.count)
    }

    /// The loudness, in quarters of a power of two; 210 is full scale.
    private static let gain = 202

    // MARK: Tag

    private static let tagHead = 10

    /// Returns an empty ID3v2.3 tag of so many bytes, at most 16 KB.
    private static func tag(_ size: Int) -> [UInt8] {
        guard size >= tagHead else { return [] }
        let padding = size - tagHead
        let head = Array("ID3".utf8) + [3, 0, 0, 0, 0, UInt8(padding >> 7 & 0x7F), UInt8(padding & 0x7F)]
        return head + [UInt8](repeating: 0, count: padding)
    }
}

/// Bits one after another, the most significant first.
private struct Bits {
    private(set) var bytes: [UInt8] = []
    private var count = 0

    /// Adds the low `width` bits of a number.
    mutating func append(_ value: Int, _ width: Int) {
        for place in (0..<width).reversed() {
            if count.isMultiple(of: 8) { bytes.append(0) }
            if value >> place & 1 == 1 { bytes[count / 8] |= 0x80 >> UInt8(count % 8) }
            count += 1
        }
    }
}
