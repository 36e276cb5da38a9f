/// `<Record>`: records the caller. The next verb runs only when the recording is empty.
package struct Record: Sendable, Equatable {
    /// The treatment of silence at either end.
    package enum Trim: String, Sendable {
        case silence = "trim-silence"
        case nothing = "do-not-trim"
    }

    /// The longest recording, in seconds.
    package let maxLength: Int
    /// The seconds of silence that end it.
    package let timeout: Int
    package let trim: Trim
    package let playBeep: Bool
    /// The URL that gets the recording as `RecordingSid` and `RecordingUrl`.
    package let action: WebhookURL

    /// Takes 1 to 30 seconds at most and a timeout of 1 to 30; values outside are clamped.
    package init(maxLength: Int, timeout: Int = 5, trim: Trim = .nothing, playBeep: Bool = true, action: WebhookURL) {
        self.maxLength = min(max(maxLength, 1), 30)
        self.timeout = min(max(timeout, 1), 30)
        self.trim = trim
        self.playBeep = playBeep
        self.action = action
    }

    var element: TwiMLElement {
        TwiMLElement(
            "Record",
            [
                ("maxLength", "\(maxLength)"), ("timeout", "\(timeout)"), ("trim", trim.rawValue),
                ("playBeep", playBeep ? "true" : "false"), ("action", action.text), ("method", "POST"),
            ])
    }
}
