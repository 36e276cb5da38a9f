/// A fetched audio file.
struct AudioClip: Equatable, Sendable {
    /// Why a device cannot play a stream, in the words of `AudioPlayer.PlaybackFailed`.
    struct Failure: Error, Equatable {
        enum Kind: String {
            case invalidRequest = "MEDIA_ERROR_INVALID_REQUEST"
            case serviceUnavailable = "MEDIA_ERROR_SERVICE_UNAVAILABLE"
            case internalServerError = "MEDIA_ERROR_INTERNAL_SERVER_ERROR"
            case unknown = "MEDIA_ERROR_UNKNOWN"
        }

        let kind: Kind
        /// A sentence without the URL, whose query is a secret.
        let message: String
    }

    let bytes: [UInt8]
    /// How long it plays, in milliseconds, at least 1.
    let duration: Int

    /// The bit rate taken for what is no WAV file, in bits a millisecond.
    private static let bitsPerMillisecond = 128

    /// Takes the length of a WAV file from its header, of any other by its size at 128 kbit/s.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let isWave = bytes.count >= 44 && bytes.starts(with: "RIFF".utf8) && bytes[8...].starts(with: "WAVE".utf8)
        let bytesPerSecond = isWave ? bytes[28..<32].reversed().reduce(0) { $0 << 8 | Int($1) } : 0
        let duration =
            bytesPerSecond > 0
            ? (bytes.count - 44) * 1000 / bytesPerSecond : bytes.count * 8 / Self.bitsPerMillisecond
        self.duration = max(1, duration)
    }
}
