/// VoiceIt's verdict on a recording.
package struct VoiceVerdict: Sendable, Equatable {
    package let code: ResponseCode
    /// The confidence in the voice, in percent; verifications only.
    package let confidence: Double?

    package init(_ code: ResponseCode, confidence: Double? = nil) {
        self.code = code
        self.confidence = confidence
    }

    package var meaning: ResponseCode.Meaning { code.meaning }
}

/// A recording of a user who says a phrase.
package struct VoiceSample: Sendable {
    /// VoiceIt's id of the user.
    package var userID: String
    /// VoiceIt's `contentLanguage`, such as `en-US`.
    package var language: String
    package var phrase: String
    /// The audio file's bytes.
    package var recording: [UInt8]

    package init(userID: String, language: String, phrase: String, recording: [UInt8]) {
        self.userID = userID
        self.language = language
        self.phrase = phrase
        self.recording = recording
    }
}
