import VoiceIt

/// WAV files in the form in which a telephone's recordings come: one channel, samples of 16 bits.
enum TelephoneSound {
    /// Returns the file itself where it has that form; one of other samples with the same sound in that form; nil for
    /// another file, and for samples that are compressed or no whole numbers.
    static func file(_ bytes: [UInt8]) -> WaveFile? {
        guard let wave = WaveFile(bytes) else { return nil }
        if wave.channels == 1, wave.bitsPerSample == 16 { return wave }
        let size = wave.bitsPerSample / 8
        guard wave.isPCM, (1...4).contains(size), wave.bitsPerSample % 8 == 0, wave.channels <= 16 else { return nil }
        var samples: [Int16] = []
        samples.reserveCapacity(wave.samples.count / wave.frameSize)
        var place = wave.samples.lowerBound
        while place + wave.frameSize <= wave.samples.upperBound {
            var sum = 0
            for channel in 0..<wave.channels { sum += sample(bytes, at: place + channel * size, size) }
            samples.append(Int16(clamping: sum / wave.channels))
            place += wave.frameSize
        }
        return WaveFile(LocalRecording(bytes).wave(samples, samplesPerSecond: wave.framesPerSecond))
    }

    /// Returns a sample as one of 16 bits: its two highest bytes. Those of 8 bits have no sign.
    private static func sample(_ bytes: [UInt8], at place: Int, _ size: Int) -> Int {
        guard size > 1 else { return (Int(bytes[place]) - 128) << 8 }
        let high = place + size - 1
        return Int(Int16(truncatingIfNeeded: Int(bytes[high]) << 8 | Int(bytes[high - 1])))
    }
}
