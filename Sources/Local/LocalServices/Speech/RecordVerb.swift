import VoiceIt

/// The attributes of `<Record>` that decide the recording, with Twilio's defaults.
///
/// "TwiML Voice: <Record>" in Twilio's documentation.
package struct RecordVerb: Sendable, Equatable {
    /// A recording with the values that Twilio reports.
    package struct Recorded: Sendable, Equatable {
        /// A WAV file.
        package let audio: [UInt8]
        package let milliseconds: Int
        /// `Digits`: the key that ended it, `hangup`, or an empty string.
        package let digits: String

        /// `RecordingDuration`: whole seconds. No document says how they are rounded; callers must not depend on it.
        package var seconds: Int { (milliseconds + 500) / 1000 }
    }

    /// A file may be a little longer than `maxLength`: no document excludes it.
    static let overrun = 20

    /// Seconds of silence that end a recording.
    package var timeout = 5
    /// The maximum length in seconds.
    package var maxLength = 3600
    /// The keys that end a recording.
    package var finishOnKey = "1234567890*#"
    /// True to leave out silence at both ends (`trim-silence`).
    package var isTrimmed = true

    /// Returns nil for a value that Twilio does not accept: errors 13610 to 13613.
    package init?(_ attributes: [String: String]) {
        if let text = attributes["timeout"] {
            guard let seconds = Int(text), seconds > 0 else { return nil }
            timeout = seconds
        }
        if let text = attributes["maxLength"] {
            guard let seconds = Int(text), (2...86_400).contains(seconds) else { return nil }
            maxLength = seconds
        }
        if let keys = attributes["finishOnKey"] {
            guard keys.allSatisfy({ "0123456789*#".contains($0) }) else { return nil }
            finishOnKey = keys
        }
        if let trim = attributes["trim"] {
            guard ["trim-silence", "do-not-trim"].contains(trim) else { return nil }
            isTrimmed = trim == "trim-silence"
        }
    }

    /// Returns Twilio's recording of a turn; silence too, which it posts like any other recording.
    package func record(_ turn: SpokenTurn, take: String) -> Recorded {
        if let file = turn.file.flatMap({ WaveFile($0) }) {
            let audio = file.cut(to: maxLength * 1000)
            return Recorded(
                audio: audio, milliseconds: WaveFile(audio)?.milliseconds ?? 0,
                digits: turn.ending == .hangUp ? "hangup" : "")
        }
        let words = turn.wordsLast
        let patience = timeout * 1000
        // A caller who begins too late is not heard.
        let isHeard = words > 0 && turn.lead < patience
        let last = isHeard ? turn.lead + words : 0
        var (end, digits) = (last + patience, "")
        switch turn.ending {
        case .silence: break
        case .hangUp: (end, digits) = (min(end, last + turn.reaction), "hangup")
        case .key(let key) where finishOnKey.contains(key): (end, digits) = (min(end, last + turn.reaction), "\(key)")
        case .key: break
        }
        let limit = maxLength * 1000 + Self.overrun
        if end > limit { (end, digits) = (limit, "") }
        var heard = turn
        if !isHeard { heard.recording.voice = nil }
        let audio = heard.audio(until: end, isTrimmed: isTrimmed, take: take)
        return Recorded(audio: audio, milliseconds: WaveFile(audio)?.milliseconds ?? 0, digits: digits)
    }

    /// The attributes of our function: five seconds, silence included.
    package static let fiveSeconds: RecordVerb = {
        var verb = RecordVerb()
        (verb.maxLength, verb.timeout, verb.isTrimmed) = (5, 5, false)
        return verb
    }()

    private init() {}
}
