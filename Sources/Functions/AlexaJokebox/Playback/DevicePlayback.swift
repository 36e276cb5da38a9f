import Alexa

/// The state of the device's audio player, from the request, as far as this skill caused it.
struct DevicePlayback: Sendable {
    /// The token as received; nil when there is none.
    let rawToken: String?
    /// The parsed token; nil for one that is not this skill's, or names an object that it does not play.
    let token: PlayToken?
    /// The position to resume at, in milliseconds, at least 0: a finished stream starts over.
    let offset: Int
    /// True when this skill's stream plays or is paused: devices mostly report `STOPPED` while they listen, so there is
    /// no stream only with `IDLE`, `FINISHED` or no token of ours.
    let hasStream: Bool
    /// True when the stream is interrupted, by the listener's words or for longer: it continues when it is played
    /// again.
    let isPaused: Bool
    /// The language of the audio.
    let language: String

    /// True when the stream was tried after failures.
    var hasFailures: Bool { hasStream && (token?.failures ?? 0) > 0 }

    /// - Parameter subject: The token of the stream that a request is about; nil means the context's.
    init(_ input: HandlerInput, rules: AudioRules, subject: String? = nil) {
        let player = input.envelope.context.audioPlayer
        rawToken = subject ?? player?.token
        offset = player?.playerActivity == "FINISHED" ? 0 : player?.offsetInMilliseconds ?? 0
        let parsed = rawToken.flatMap(PlayToken.init(parsing:))
        let language =
            AudioRules.language(of: input.request.locale) ?? parsed?.item.key.flatMap { rules.language(ofKey: $0) }
            ?? AudioRules.defaultLanguage
        self.language = language
        // A token comes from outside: a URL is never signed for an object that this listener could not be played.
        func isAllowed(_ reference: AudioReference) -> Bool {
            reference.key.map { rules.allows($0, language: language) } ?? true
        }
        var token = parsed.flatMap { isAllowed($0.item) ? $0 : nil }
        token?.history.removeAll { !isAllowed($0) }
        self.token = token
        hasStream = token != nil && !["IDLE", "FINISHED"].contains(player?.playerActivity)
        isPaused = hasStream && ["STOPPED", "PAUSED"].contains(player?.playerActivity)
    }

    /// Returns the token of the current stream when it is another than the one a request is about; nil when none plays.
    ///
    /// A failure tells the stream that played when it happened; the context, the current one.
    static func otherStream(than subject: String, _ input: HandlerInput) -> String? {
        var reported: RequestContext.AudioPlayer?
        if case .audioPlayer(let request) = input.request.kind { reported = request.currentPlaybackState }
        for player in [input.envelope.context.audioPlayer, reported] where isActive(player) {
            if let token = player?.token, !token.isEmpty, !token.utf8.elementsEqual(subject.utf8) { return token }
        }
        return nil
    }

    /// Returns true when a player currently plays any skill's stream; one that does not state its activity counts as
    /// playing.
    private static func isActive(_ player: RequestContext.AudioPlayer?) -> Bool {
        guard let player else { return false }
        switch player.playerActivity {
        case nil, "PLAYING", "PAUSED", "BUFFER_UNDERRUN": return player.token != nil
        default: return false
        }
    }
}
