import Foundation
import Synchronization
import VoiceIt

/// Spoken words in telephone quality: 16-bit samples, 8,000 a second, one channel.
///
/// Debian's `espeak-ng` speaks. Where it is missing, a tone rises and falls as words do.
package enum SynthesizedSpeech {
    package static let samplesPerSecond = 8000
    /// VoiceIt's default phrase, which is ours too.
    package static let defaultPhrase = "never forget tomorrow is a new day"

    private struct Words: Hashable {
        let text: String
        let wordsPerMinute: Int
    }

    /// Speaking takes a process: each text is spoken once per speed.
    private static let spoken = Mutex<[Words: [Int16]]>([:])

    /// Returns the words without silence at their ends; people speak 110 to 175 a minute.
    package static func samples(of text: String, wordsPerMinute: Int = 150) -> [Int16] {
        let words = Words(text: text, wordsPerMinute: wordsPerMinute)
        if let known = spoken.withLock({ $0[words] }) { return known }
        let samples = trimmed(voiced(words) ?? hummed(words))
        spoken.withLock { $0[words] = samples }
        return samples
    }

    /// Returns nil without espeak-ng, or when it fails.
    private static func voiced(_ words: Words) -> [Int16]? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let program = folders.lazy.map { URL(filePath: String($0)).appending(path: "espeak-ng") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let program else { return nil }
        let process = Process()
        process.executableURL = program
        process.arguments = ["-v", "en-us", "-s", "\(words.wordsPerMinute)", "--stdout", "--", words.text]
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let bytes = [UInt8]((try? output.fileHandleForReading.readToEnd()) ?? Data())
        process.waitUntilExit()
        guard process.terminationStatus == 0, let wave = WaveFile(bytes), wave.channels == 1, wave.bitsPerSample == 16
        else { return nil }
        return slowed(wave)
    }

    /// Resamples to fewer samples, each the mean of the originals in its interval.
    private static func slowed(_ wave: WaveFile) -> [Int16] {
        wave.bytes.withUnsafeBytes { bytes in
            let count = wave.samples.count / 2
            func sample(_ index: Int) -> Int {
                Int(bytes.loadUnaligned(fromByteOffset: wave.samples.lowerBound + 2 * index, as: Int16.self))
            }
            return (0..<(count * samplesPerSecond / wave.framesPerSecond)).map { index in
                let start = index * wave.framesPerSecond / samplesPerSecond
                let end = min(count, max(start + 1, (index + 1) * wave.framesPerSecond / samplesPerSecond))
                return Int16((start..<end).reduce(0) { $0 + sample($1) } / (end - start))
            }
        }
    }

    /// Returns a tone of espeak-ng's duration for so many words, with a short gap after each.
    private static func hummed(_ words: Words) -> [Int16] {
        let count = max(1, words.text.split(separator: " ").count)
        let length = samplesPerSecond * 48 / max(1, words.wordsPerMinute)
        return (0..<(count * length)).map { index in
            let place = Double(index % length) / Double(length)
            let loudness = place < 0.85 ? sin(place / 0.85 * .pi) : 0
            let second = Double(index) / Double(samplesPerSecond)
            let voice = (1...6).reduce(0.0) { $0 + sin(2 * .pi * 130 * Double($1) * second) / Double($1) }
            return Int16(4000 * loudness * voice)
        }
    }

    private static func trimmed(_ samples: [Int16]) -> [Int16] {
        let isHeard: (Int16) -> Bool = { abs(Int($0)) > 300 }
        guard let first = samples.firstIndex(where: isHeard), let last = samples.lastIndex(where: isHeard) else {
            return samples
        }
        return Array(samples[first...last])
    }
}
