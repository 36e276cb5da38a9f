import JSON

/// Alexa's rules for a skill's response, as far as the audio player is concerned.
///
/// Amazon's pages: "AudioPlayer Interface Reference" and "Playback Controller Interface Reference".
enum PlayerResponse {
    private static let play = "AudioPlayer.Play"
    private static let own: Set = [play, "AudioPlayer.Stop", "AudioPlayer.ClearQueue"]

    /// Returns the audio player's directives in a response to a request of `type`; throws when Alexa would reject it.
    static func directives(of response: JSONValue, to type: String) throws(PlayerFault) -> [JSONValue] {
        let directives = response["directives"]?.array ?? []
        let audio = directives.filter { own.contains(name($0)) }
        if isSilent(type) {
            for part in ["outputSpeech", "card", "reprompt", "shouldEndSession"] where response[part] != nil {
                throw PlayerFault("An answer to \(type) must have no \(part)")
            }
            if let other = directives.first(where: { !own.contains(name($0)) }) {
                throw PlayerFault("An answer to \(type) must have no \(name(other))")
            }
        }
        let plays = audio.filter { name($0) == play }
        switch type {
        case "AudioPlayer.PlaybackStarted", "AudioPlayer.PlaybackFinished":
            if !plays.isEmpty { throw PlayerFault("An answer to \(type) must have no \(play)") }
        case "AudioPlayer.PlaybackStopped", "System.ExceptionEncountered":
            if !audio.isEmpty { throw PlayerFault("An answer to \(type) must be empty") }
        default: break
        }
        guard plays.count <= 1 else { throw PlayerFault("An answer must have one \(play) at most") }
        if !isSilent(type), !plays.isEmpty, response["shouldEndSession"]?.bool != true {
            throw PlayerFault("An answer with \(play) must have shouldEndSession true")
        }
        for directive in audio { try check(directive) }
        return audio
    }

    /// Returns true for requests without speech: their responses cannot speak.
    private static func isSilent(_ type: String) -> Bool {
        ["AudioPlayer.", "PlaybackController.", "System."].contains { type.hasPrefix($0) }
    }

    private static func check(_ directive: JSONValue) throws(PlayerFault) {
        switch name(directive) {
        case play: _ = try PlayedStream(directive)
        case "AudioPlayer.ClearQueue":
            guard ["CLEAR_ALL", "CLEAR_ENQUEUED"].contains(directive["clearBehavior"]?.string) else {
                throw PlayerFault("AudioPlayer.ClearQueue has no known clearBehavior")
            }
        default: break
        }
    }

    static func name(_ directive: JSONValue) -> String {
        directive["type"]?.string ?? ""
    }
}
