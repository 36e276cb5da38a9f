/// A fetched audio file.
struct AudioClip: Equatable, Sendable {
    /// The reason why a device cannot play a stream, in the words of `AudioPlayer.PlaybackFailed`.
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
    /// The duration in milliseconds, at least 1.
    let duration: Int

    /// The assumed bit rate of every file, in bits a millisecond.
    private static let bitsPerMillisecond = 128

    /// Derives the duration from the size, at 128 kbit/s.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        duration = max(1, bytes.count * 8 / Self.bitsPerMillisecond)
    }

    /// Returns true when the bytes are in a format that Alexa's player does not support, whatever the file's name: WAV,
    /// Ogg or FLAC.
    static func isUnplayable(_ bytes: [UInt8]) -> Bool {
        ["RIFF", "OggS", "fLaC"].contains { bytes.starts(with: $0.utf8) }
    }
}
