import Foundation
import Synchronization
import VoiceIt

/// A caller's turn after the tone: silence, words at a person's pace, and the end.
package struct SpokenTurn: Sendable, Equatable {
    package enum Ending: Sendable, Equatable {
        /// Silence, until the recording times out.
        case silence
        case hangUp
        case key(Character)
    }

    /// The words and their marks; without a voice the turn is silent.
    package var recording: LocalRecording
    /// Milliseconds before the first word.
    package var lead = 700
    package var wordsPerMinute = 150
    package var ending = Ending.silence
    /// Milliseconds from the last word to the key or the hang-up.
    package var reaction = 800
    /// A file that is heard in the place of words.
    private(set) var file: [UInt8]?

    package init(_ recording: LocalRecording) {
        self.recording = recording
    }

    /// Creates a turn of a WAV file, which is recorded as it is; nil for another file, and for compressed samples.
    package init?(file: [UInt8]) {
        guard let wave = TelephoneSound.file(file) else { return nil }
        recording = LocalRecording(wave.bytes)
        self.file = wave.bytes
    }

    /// The words' samples; empty when nobody speaks.
    var words: [Int16] {
        guard recording.voice != nil else { return [] }
        return SynthesizedSpeech.samples(
            of: recording.phrase ?? SynthesizedSpeech.defaultPhrase, wordsPerMinute: wordsPerMinute)
    }

    /// The milliseconds that the words last.
    package var wordsLast: Int { words.count * 1000 / SynthesizedSpeech.samplesPerSecond }

    /// Returns a WAV file of the whole turn, including the reaction time at its end.
    func audio(take: String) -> [UInt8] {
        audio(until: lead + wordsLast + reaction, take: take)
    }

    /// Returns a WAV file of the turn's beginning, of so many milliseconds; without its silence when `isTrimmed`.
    func audio(until end: Int, isTrimmed: Bool = false, take: String) -> [UInt8] {
        let samples = { (milliseconds: Int) in milliseconds * SynthesizedSpeech.samplesPerSecond / 1000 }
        let words = words
        let heard = words.prefix(max(0, samples(end) - samples(lead)))
        let start = isTrimmed ? 0 : samples(lead)
        var sound = Self.noise(isTrimmed ? heard.count : samples(end), take)
        // Buffers and a plain loop: a debug build is slow with anything else.
        sound.withUnsafeMutableBufferPointer { sound in
            heard.withUnsafeBufferPointer { heard in
                var index = 0
                while index < heard.count {
                    sound[start + index] &+= heard[index]
                    index += 1
                }
            }
        }
        return recording.wave(sound)
    }

    // MARK: - The line's noise

    /// Noise to start anywhere in, since generating it for each recording would take the time of a thousand calls.
    private static let noise: [Int16] = {
        var numbers = SeededGenerator(seed: 8000)
        return (0..<(1 << 17)).map { _ in Int16(truncatingIfNeeded: Int(numbers.next() % 81) - 40) }
    }()

    private static func noise(_ count: Int, _ take: String) -> [Int16] {
        var numbers = SeededGenerator(seed: take)
        let start = Int(numbers.next() % (1 << 16))
        var sound: [Int16] = []
        sound.reserveCapacity(count)
        while sound.count < count { sound += noise[start...].prefix(count - sound.count) }
        // No two takes begin with the same samples.
        let seed = numbers.next()
        for index in 0..<min(16, count) { sound[index] = Int16((seed >> (4 * index)) & 15) - 8 }
        return sound
    }
}
