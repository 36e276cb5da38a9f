import Encoding

/// A webhook's request whose signature holds. "TwiML Voice: Request parameters" in Twilio's documentation.
///
/// Numbers, names and digits in it are personal data.
package struct TwilioRequest: Sendable {
    package let method: String
    /// The function's own path: what follows the base URL in the URL that was signed.
    package let path: String
    /// The same without the API's stage, where that URL has it after the base URL.
    package let pathWithoutStage: String?
    /// The parameters, decoded, in their order, each as often as sent.
    package let parameters: [(name: String, value: String)]

    package init(
        method: String = "POST", path: String, pathWithoutStage: String? = nil,
        parameters: [(name: String, value: String)]
    ) {
        self.method = method
        self.path = path
        self.pathWithoutStage = pathWithoutStage
        self.parameters = parameters
    }

    /// The parameter's first value; nil when it was not sent.
    package subscript(name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// `CallSid`; nil when it is missing or not an identifier.
    package var callSID: SID? { sid("CallSid") }
    /// `AccountSid`; nil when it is missing or not an identifier.
    package var accountSID: SID? { sid("AccountSid") }
    /// `From`: a number, or Twilio's placeholder of a withheld one.
    package var from: String? { self["From"] }
    /// `Digits`: the keys pressed; nil when `<Gather>` or `<Record>` sent none.
    package var digits: String? { self["Digits"] }
    /// `RecordingSid` of the `action` of `<Record>`; nil when it is missing or not an identifier.
    package var recordingSID: SID? { sid("RecordingSid") }
    /// `RecordingDuration`, in whole seconds; nil when it is missing or not a number.
    package var recordingDuration: Int? { self["RecordingDuration"].flatMap { Int($0) } }
    /// `RecordingUrl`: the recording's URL according to Twilio.
    package var recordingURL: String? { self["RecordingUrl"] }
    /// `CallStatus`, such as `in-progress` or `completed`.
    package var callStatus: String? { self["CallStatus"] }

    private func sid(_ name: String) -> SID? {
        self[name].flatMap(SID.init)
    }
}

/// Twilio's identifier of a call, a recording or an account: such as `CA` and 32 hexadecimal digits.
package struct SID: Sendable, Hashable {
    package let text: String

    /// Returns nil for anything but 1 to 64 ASCII letters, digits, `-` and `_`: it becomes a part of URLs and keys.
    package init?(_ text: String) {
        let isSID = text.utf8.allSatisfy { $0.isASCIILetterOrDigit || "-_".utf8.contains($0) }
        guard isSID, (1...64).contains(text.utf8.count) else { return nil }
        self.text = text
    }
}
