/// A WAV file whose samples are all of one size: PCM of any rate, channels and bits.
///
/// Chunks may be in any order, and a length that a streaming writer did not know (0, or beyond the end of the file)
/// reaches to the end. "Multimedia Programming Interface and Data Specifications 1.0", RIFF and WAVE.
package struct WaveFile: Sendable {
    package let bytes: [UInt8]
    /// The place of the samples in the bytes.
    package let samples: Range<Int>
    /// Frames a second; a frame holds one sample of each channel.
    package let framesPerSecond: Int
    package let channels: Int
    package let bitsPerSample: Int
    /// The chunk of the format, with its head.
    private let format: Range<Int>

    /// Returns nil for other files: MP3, an error page, samples that are compressed in blocks.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= 12, Self.isTag("RIFF", bytes, at: 0), Self.isTag("WAVE", bytes, at: 8) else { return nil }
        var format: Range<Int>?
        var samples: Range<Int>?
        var head = 12
        while head + 8 <= bytes.count, format == nil || samples == nil {
            let body = head + 8
            let size = Self.number(bytes, at: head + 4, bytes: 4)
            if samples == nil, Self.isTag("data", bytes, at: head) {
                let isUnknown = size == 0 || size > bytes.count - body
                samples = body..<(isUnknown ? bytes.count : body + size)
                if isUnknown { break }
            }
            guard size <= bytes.count - body else { break }
            if format == nil, Self.isTag("fmt ", bytes, at: head) { format = head..<(body + size) }
            // A chunk of an odd size is followed by a byte that does not count.
            head = body + size + size % 2
        }
        guard let format, let samples, format.count >= 24, Self.isPlain(bytes, format) else { return nil }
        channels = Self.number(bytes, at: format.lowerBound + 10, bytes: 2)
        framesPerSecond = Self.number(bytes, at: format.lowerBound + 12, bytes: 4)
        bitsPerSample = Self.number(bytes, at: format.lowerBound + 22, bytes: 2)
        guard channels > 0, framesPerSecond > 0, bitsPerSample > 0 else { return nil }
        self.bytes = bytes
        self.samples = samples
        self.format = format
    }

    /// The length of the sound, rounded down to milliseconds.
    package var milliseconds: Int { samples.count / frameSize * 1000 / framesPerSecond }

    /// Returns the file without the sound after that time; a shorter file unchanged.
    ///
    /// Its lengths are correct then, chunks before the samples are kept, those after them left out. Silence is sound
    /// like any other.
    package func cut(to milliseconds: Int) -> [UInt8] {
        let kept = framesPerSecond * max(0, milliseconds) / 1000 * frameSize
        guard samples.count / frameSize * frameSize > kept else { return bytes }
        let head = samples.lowerBound - 8
        var file: [UInt8] = []
        file.reserveCapacity(head + format.count + kept + 10)
        file += bytes[..<head]
        if format.lowerBound > head {
            file += bytes[format]
            if format.count % 2 == 1 { file.append(0) }
        }
        file += "data".utf8
        Self.append(kept, to: &file)
        file += bytes[samples.lowerBound..<(samples.lowerBound + kept)]
        if kept % 2 == 1 { file.append(0) }
        let size = file.count - 8
        for index in 0..<4 { file[4 + index] = UInt8(truncatingIfNeeded: size >> (8 * index)) }
        return file
    }

    /// True for samples that are whole numbers.
    package var isPCM: Bool {
        let tag = Self.number(bytes, at: format.lowerBound + 8, bytes: 2)
        return (tag == 0xFFFE ? Self.number(bytes, at: format.lowerBound + 32, bytes: 2) : tag) == 1
    }

    /// Bytes of a frame.
    package var frameSize: Int { channels * ((bitsPerSample + 7) / 8) }

    /// Returns true for PCM (1), floating point (3), A-law (6) and µ-law (7); 0xFFFE has that number further on.
    private static func isPlain(_ bytes: [UInt8], _ format: Range<Int>) -> Bool {
        let plain = [1, 3, 6, 7]
        let tag = number(bytes, at: format.lowerBound + 8, bytes: 2)
        guard tag == 0xFFFE else { return plain.contains(tag) }
        return format.count >= 34 && plain.contains(number(bytes, at: format.lowerBound + 32, bytes: 2))
    }

    private static func isTag(_ tag: StaticString, _ bytes: [UInt8], at start: Int) -> Bool {
        bytes[start..<(start + 4)].elementsEqual(
            UnsafeBufferPointer(start: tag.utf8Start, count: tag.utf8CodeUnitCount))
    }

    /// Returns a number in RIFF's byte order, the lowest byte first.
    private static func number(_ bytes: [UInt8], at start: Int, bytes count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    }

    private static func append(_ size: Int, to file: inout [UInt8]) {
        for index in 0..<4 { file.append(UInt8(truncatingIfNeeded: size >> (8 * index))) }
    }
}
