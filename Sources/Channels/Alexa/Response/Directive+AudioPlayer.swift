import JSON

/// The audio player's directives. "AudioPlayer Interface Reference" in the Alexa Skills Kit documentation.
extension Directive {
    /// The way in which a stream joins the queue.
    package enum PlayBehavior: Sendable, Equatable {
        /// After the stream that has this token.
        case enqueue(after: String)
        /// At once, replacing the queue and the current stream.
        case replaceAll
        /// Replaces the queue, without touching the current stream.
        case replaceEnqueued

        var name: String {
            switch self {
            case .enqueue: "ENQUEUE"
            case .replaceAll: "REPLACE_ALL"
            case .replaceEnqueued: "REPLACE_ENQUEUED"
            }
        }
    }

    /// Plays a stream.
    package static func play(
        _ stream: AudioStream, _ behavior: PlayBehavior = .replaceAll, metadata: AudioMetadata? = nil
    ) -> Directive {
        var previous: String?
        if case .enqueue(let token) = behavior { previous = token }
        return Directive(
            type: "AudioPlayer.Play",
            members: [
                "playBehavior": .string(behavior.name),
                "audioItem": .members([
                    "stream": .members([
                        "url": .string(stream.url), "token": .string(stream.token),
                        "offsetInMilliseconds": .number(stream.offsetInMilliseconds),
                        "expectedPreviousToken": previous.map(JSONValue.string),
                    ]),
                    "metadata": metadata?.json,
                ]),
            ])
    }

    /// Stops the current stream.
    package static let stop = Directive(type: "AudioPlayer.Stop", members: [:])
    /// Empties the queue and stops the current stream.
    package static let clearAll = Directive(type: "AudioPlayer.ClearQueue", members: ["clearBehavior": "CLEAR_ALL"])
    /// Empties the queue; the current stream goes on.
    package static let clearEnqueued = Directive(
        type: "AudioPlayer.ClearQueue", members: ["clearBehavior": "CLEAR_ENQUEUED"])
}

/// Audio to play.
package struct AudioStream: Sendable, Equatable {
    /// The maximum number of characters of a token.
    package static let maximumTokenCharacters = 1024

    /// The stream's URL: HTTPS, of a server with a trusted certificate.
    package var url: String
    /// The skill's own name for the stream; comes back in every AudioPlayer request.
    package var token: String
    package var offsetInMilliseconds: Int

    package init(url: String, token: String, offsetInMilliseconds: Int = 0) {
        self.url = url
        self.token = token
        self.offsetInMilliseconds = offsetInMilliseconds
    }
}

/// The texts and pictures that devices with a screen show while a stream plays.
package struct AudioMetadata: Sendable, Equatable {
    package var title: String?
    package var subtitle: String?
    /// HTTPS.
    package var artURL: String?
    /// HTTPS.
    package var backgroundImageURL: String?

    package init(
        title: String? = nil, subtitle: String? = nil, artURL: String? = nil, backgroundImageURL: String? = nil
    ) {
        self.title = title
        self.subtitle = subtitle
        self.artURL = artURL
        self.backgroundImageURL = backgroundImageURL
    }

    var json: JSONValue {
        func image(_ url: String) -> JSONValue { ["sources": [["url": .string(url)]]] }
        return .members([
            "title": title.map(JSONValue.string), "subtitle": subtitle.map(JSONValue.string),
            "art": artURL.map(image), "backgroundImage": backgroundImageURL.map(image),
        ])
    }
}
