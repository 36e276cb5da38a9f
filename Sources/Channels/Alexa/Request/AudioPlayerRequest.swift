import JSON

/// An `AudioPlayer.*` request.
package struct AudioPlayerRequest: Sendable {
    /// The request's type after `AudioPlayer.`.
    package let event: String
    package let token: String?
    /// At least 0; 0 when it is missing or nonsense.
    package let offsetInMilliseconds: Int
    /// On `PlaybackFailed`.
    package let error: AlexaError?
    /// On `PlaybackFailed`: what played then, which may be another stream than the one that failed.
    package let currentPlaybackState: RequestContext.AudioPlayer?

    init(_ json: JSONValue, event: String) {
        self.event = event
        token = json["token"]?.string
        offsetInMilliseconds = max(json["offsetInMilliseconds"]?.int ?? 0, 0)
        error = json["error"].map(AlexaError.init)
        currentPlaybackState = json["currentPlaybackState"].map(RequestContext.AudioPlayer.init)
    }
}
