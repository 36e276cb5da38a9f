package import Foundation

extension LocalBucket {
    /// The contacts of `events/ConnectRecording` whose recordings lie in the local bucket, each under 2026-11-21.
    private static let contacts = [
        "0ac3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e00", "1bd3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e01",
        "3df3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e03", "4ea3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e04",
        "8ce3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e08",
    ]
    /// The contact whose recording has no notification: it is stored under the day on which it is searched for.
    private static let unannounced = "2ce3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e02"

    /// A bucket as Amazon Connect and Contact Lens fill it, with the recordings and analyses of the events' contacts.
    package static func recordings(named name: String, prefix: String, today: Date = Date()) -> LocalBucket {
        let folder = prefix.isEmpty || prefix.hasSuffix("/") ? prefix : "\(prefix)/"
        let day = today.formatted(.iso8601.year().month().day().dateSeparator(.dash))
        let dated = contacts.map { ($0, "2026-11-21") } + [(unannounced, day)]
        let recordings: [(key: String, bytes: [UInt8])] = dated.map { contact, day in
            let path = day.replacing("-", with: "/")
            let stamp = day.replacing("-", with: "")
            return ("\(folder)CallRecordings/\(path)/\(contact)_\(stamp)T10:05_UTC.wav", WaveFile.silence)
        }
        return LocalBucket(name, objects: recordings + analyses)
    }
}

/// A minimal sound file.
private enum WaveFile {
    /// A tenth of a second of silence: RIFF, PCM, one channel of 8 bits at 8 kHz.
    static let silence: [UInt8] = {
        func bytes(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian, Array.init) }
        let samples = [UInt8](repeating: 0x80, count: 800)
        let format = [1, 0, 1, 0] + bytes(8000) + bytes(8000) + [1, 0, 8, 0]
        return Array("RIFF".utf8) + bytes(UInt32(36 + samples.count)) + Array("WAVEfmt ".utf8) + bytes(16) + format
            + Array("data".utf8) + bytes(UInt32(samples.count)) + samples
    }()
}
