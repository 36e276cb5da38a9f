package import Calling
package import Twilio

/// A recording's place: a server, and identifiers to make paths of.
package struct TwilioRecording: Sendable, Equatable {
    package let origin: Endpoint
    package let account: SID
    package let recording: SID
    /// Empty, or `.wav`.
    package var format: String

    package init(origin: Endpoint, account: SID, recording: SID, format: String = "") {
        self.origin = origin
        self.account = account
        self.recording = recording
        self.format = format
    }

    /// The recording's path, without a format.
    package var path: String { "/2010-04-01/Accounts/\(account.text)/Recordings/\(recording.text)" }
}
