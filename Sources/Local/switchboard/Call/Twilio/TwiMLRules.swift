import LocalServices

/// The elements and attributes that Twilio knows of the verbs that are played here.
///
/// "TwiML for Programmable Voice" in Twilio's documentation; a test compares them with Twilio's own library for Python.
enum TwiMLRules {
    static let attributes: [String: Set<String>] = [
        "Response": [],
        "Say": ["voice", "loop", "language"],
        "Pause": ["length"],
        "Gather": [
            "input", "action", "method", "timeout", "speechTimeout", "maxSpeechTime", "profanityFilter", "finishOnKey",
            "numDigits", "partialResultCallback", "partialResultCallbackMethod", "language", "hints", "bargeIn",
            "debug",
            "actionOnEmptyResult", "speechModel", "enhanced",
        ],
        "Record": [
            "action", "method", "timeout", "finishOnKey", "maxLength", "playBeep", "trim", "recordingStatusCallback",
            "recordingStatusCallbackMethod", "recordingStatusCallbackEvent", "transcribe", "transcribeCallback",
            "recordingConfigurationId",
        ],
        "Redirect": ["method"],
        "Dial": [
            "action", "method", "timeout", "hangupOnStar", "timeLimit", "callerId", "record", "trim",
            "recordingStatusCallback", "recordingConfigurationId", "recordingStatusCallbackMethod",
            "recordingStatusCallbackEvent", "answerOnBridge", "ringTone", "recordingTrack", "sequential", "referUrl",
            "referMethod", "events",
        ],
        "Number": [
            "sendDigits", "url", "method", "statusCallbackEvent", "statusCallback", "statusCallbackMethod", "byoc",
            "machineDetection", "amdStatusCallbackMethod", "amdStatusCallback", "machineDetectionTimeout",
            "machineDetectionSpeechThreshold", "machineDetectionSpeechEndThreshold", "machineDetectionSilenceTimeout",
        ],
        "Hangup": [],
    ]
    static let children: [String: Set<String>] = [
        "Response": ["Say", "Pause", "Gather", "Record", "Redirect", "Dial", "Hangup"], "Gather": ["Say", "Pause"],
        "Dial": ["Number"],
    ]
    /// The verbs whose text counts.
    static let texts: Set<String> = ["Say", "Redirect", "Dial", "Number"]

    /// Throws what Twilio would not take, such as `Twilio knows no attribute "length" of <Say>.`
    static func check(_ element: ParsedTwiML) throws {
        let name = element.name
        for attribute in element.attributes.keys.sorted() where attributes[name]?.contains(attribute) == false {
            throw Refusal("Twilio knows no attribute \"\(attribute)\" of <\(name)>.")
        }
        if !texts.contains(name), !element.text.allSatisfy(\.isWhitespace) {
            throw Refusal("Twilio knows no text in <\(name)>.")
        }
        for number in ["timeout", "numDigits", "length", "loop", "timeLimit"] {
            guard let value = element.attributes[number], name != "Gather" || value != "auto" else { continue }
            guard let count = Int(value), count >= (number == "loop" || name == "Pause" ? 0 : 1) else {
                throw Refusal("Twilio takes no \(number)=\"\(value)\" of <\(name)>.")
            }
        }
        if name == "Record", RecordVerb(element.attributes) == nil {
            throw Refusal("Twilio takes no such <Record>: \(element.attributes.sorted { $0.key < $1.key }).")
        }
        for child in element.children {
            guard children[name]?.contains(child.name) == true else {
                throw Refusal("<\(child.name)> in <\(name)> is not supported by 'switchboard call'.")
            }
            try check(child)
        }
    }
}
