import VoiceIt

/// Speech in a WAV file, distinguished from silence and a line's noise by its loudness.
struct VoiceActivity: Equatable {
    /// The longest speech without a pause of more than half a second, in milliseconds.
    private(set) var longest = 0

    private static let window = 20
    /// The loudness above which sound is speech, of 32,768: a line's noise is far below it.
    private static let threshold = 300

    /// Returns nil for samples that are not of 16 bits on one channel, like Twilio's.
    init?(_ wave: WaveFile) {
        guard wave.channels == 1, wave.bitsPerSample == 16 else { return nil }
        let size = wave.framesPerSecond * Self.window / 1000
        guard size > 0 else { return nil }
        wave.bytes.withUnsafeBytes { bytes in
            var speech: Range<Int>?
            for number in 0..<(wave.samples.count / 2 / size) {
                var place = wave.samples.lowerBound + 2 * number * size
                let end = place + 2 * size
                var sum = 0
                while place < end {
                    sum += abs(Int(bytes.loadUnaligned(fromByteOffset: place, as: Int16.self)))
                    place += 2
                }
                guard sum / size > Self.threshold else { continue }
                let time = number * Self.window..<(number + 1) * Self.window
                let goesOn = speech.map { time.lowerBound - $0.upperBound <= 500 } ?? false
                let present = (goesOn ? speech?.lowerBound ?? time.lowerBound : time.lowerBound)..<time.upperBound
                speech = present
                longest = max(longest, present.count)
            }
        }
    }
}
