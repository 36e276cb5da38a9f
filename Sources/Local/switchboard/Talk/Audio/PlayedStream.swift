import Foundation
import JSON
import Settings

/// A stream that a skill gave the device to play, checked as Alexa checks it.
struct PlayedStream: Equatable {
    enum Behavior: String {
        case replaceAll = "REPLACE_ALL"
        case enqueue = "ENQUEUE"
        case replaceEnqueued = "REPLACE_ENQUEUED"
    }

    let url: String
    let token: String
    /// The position at which it begins, in milliseconds.
    let offset: Int
    /// The token of the stream that it is to follow; only with `enqueue`.
    var expectedPreviousToken: String?
    var behavior = Behavior.replaceAll
    /// The URL's lifetime from the time it was given, in milliseconds, from S3's query; nil for one without end.
    let lifetime: Int?
    /// The time at which the device was given the stream, in milliseconds of its own time.
    var arrival = 0

    /// Reads a Play directive; throws a fault that names the broken rule of Amazon's.
    ///
    /// Amazon's page: "AudioPlayer Interface Reference", Play directive. Unlike Alexa this accepts http from this
    /// machine, where the local S3 is.
    init(_ play: JSONValue) throws(PlayerFault) {
        guard let behavior = play["playBehavior"]?.string.flatMap(Behavior.init) else {
            throw PlayerFault("AudioPlayer.Play has no known playBehavior")
        }
        guard let stream = play["audioItem"]?["stream"] else {
            throw PlayerFault("AudioPlayer.Play has no audioItem.stream")
        }
        guard let url = stream["url"]?.string, Self.isSafe(url) else {
            throw PlayerFault("The stream's url must begin with https://")
        }
        guard let token = stream["token"]?.string, (1...1024).contains(token.utf16.count) else {
            throw PlayerFault("The stream's token must be of 1 to 1,024 characters")
        }
        guard case .number? = stream["offsetInMilliseconds"], let offset = stream["offsetInMilliseconds"]?.int,
            offset >= 0
        else {
            throw PlayerFault("The stream's offsetInMilliseconds must be a whole number, from 0")
        }
        let expected = stream["expectedPreviousToken"]?.string
        guard (expected != nil) == (behavior == .enqueue) else {
            throw PlayerFault("expectedPreviousToken goes with ENQUEUE, and only with it")
        }
        self.url = url
        self.token = token
        self.offset = offset
        self.behavior = behavior
        expectedPreviousToken = expected
        lifetime = URLComponents(string: url)?.queryItems?.first { $0.name == "X-Amz-Expires" }?.value.flatMap(Int.init)
            .map { $0 * 1000 }
    }

    /// Returns the key of the URL's S3 object, for display: the path decoded, without the bucket and never with the
    /// query, which is a secret and differs each time.
    func key(in bucket: String) -> String {
        let path =
            url.prefix { $0 != "?" && $0 != "#" }.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
            .last ?? ""
        let decoded = path.removingPercentEncoding ?? String(path)
        let key = decoded.hasPrefix("\(bucket)/") ? String(decoded.dropFirst(bucket.count + 1)) : decoded
        return key.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func isSafe(_ url: String) -> Bool {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else { return false }
        return parts.scheme == "https" || (parts.scheme == "http" && ["127.0.0.1", "localhost"].contains(host))
    }
}

/// The reason why Alexa rejects a response.
struct PlayerFault: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
