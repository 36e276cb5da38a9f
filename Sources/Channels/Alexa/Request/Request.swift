package import JSON

/// An event in a conversation: something was said, audio ended, a session is over.
package struct Request: Sendable {
    package let type: String
    package let id: String?
    /// The timestamp as sent, when it was a string; the signature check reads it.
    package let timestamp: String?
    /// The locale, such as `en-US`; nil where none was sent.
    package let locale: String?
    package let kind: Kind
    /// The whole request, for members that this type does not name.
    package let json: JSONValue

    /// The requests that Switchboard's skills handle; `other` is every other type, including later ones.
    package enum Kind: Sendable {
        case launch
        case intent(IntentRequest)
        case sessionEnded(reason: String?, error: AlexaError?)
        case canFulfill(Intent)
        case sessionResumed
        /// `AudioPlayer.*`.
        case audioPlayer(AudioPlayerRequest)
        /// `PlaybackController.*`: the part before `CommandIssued`, such as `Next`.
        case playbackController(command: String)
        /// `System.ExceptionEncountered`: Alexa refused one of our responses.
        case exceptionEncountered(error: AlexaError, causeRequestID: String?)
        /// `Connections.Request` and `Connections.Response`.
        case connections(name: String?)
        /// `Alexa.Presentation.APL.UserEvent`.
        case userEvent
        /// `AlexaSkillEvent.*`, by the part after the dot.
        case skillEvent(String)
        case other
    }

    init(_ json: JSONValue, type: String) {
        self.type = type
        id = json["requestId"]?.string
        timestamp = json["timestamp"]?.string
        locale = json["locale"]?.string
        kind = Kind(json, type: type)
        self.json = json
    }

    /// The intent of an intent or can-fulfill request.
    package var intent: Intent? {
        switch kind {
        case .intent(let request): request.intent
        case .canFulfill(let intent): intent
        default: nil
        }
    }

    /// The name of the requested intent; nil for requests of other types.
    package var intentName: String? {
        if case .intent(let request) = kind { request.intent.name } else { nil }
    }
}

extension Request.Kind {
    init(_ json: JSONValue, type: String) {
        switch type {
        case "LaunchRequest": self = .launch
        case "IntentRequest": self = .intent(IntentRequest(json))
        case "SessionEndedRequest":
            self = .sessionEnded(reason: json["reason"]?.string, error: json["error"].map(AlexaError.init))
        case "CanFulfillIntentRequest": self = .canFulfill(Intent(json["intent"] ?? [:]))
        case "SessionResumedRequest": self = .sessionResumed
        case "System.ExceptionEncountered":
            self = .exceptionEncountered(
                error: AlexaError(json["error"] ?? [:]), causeRequestID: json["cause"]?["requestId"]?.string)
        case "Connections.Request", "Connections.Response": self = .connections(name: json["name"]?.string)
        case "Alexa.Presentation.APL.UserEvent": self = .userEvent
        default:
            func rest(after prefix: String) -> String? {
                type.hasPrefix(prefix) ? String(type.dropFirst(prefix.count)) : nil
            }
            if let event = rest(after: "AudioPlayer.") {
                self = .audioPlayer(AudioPlayerRequest(json, event: event))
            } else if let command = rest(after: "PlaybackController.") {
                let ending = "CommandIssued"
                self = .playbackController(
                    command: command.hasSuffix(ending) ? String(command.dropLast(ending.count)) : command)
            } else if let event = rest(after: "AlexaSkillEvent.") {
                self = .skillEvent(event)
            } else {
                self = .other
            }
        }
    }
}
