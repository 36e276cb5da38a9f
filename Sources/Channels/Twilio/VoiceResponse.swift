/// A TwiML document: Twilio's instructions for a call. "TwiML for Programmable Voice" in Twilio's documentation.
///
/// Built of types that allow only the nesting, attributes and values that Twilio does: verbs, and then the ending,
/// since no verb runs after `<Redirect>` or `<Hangup>`.
package struct VoiceResponse: Sendable, Equatable {
    /// The instruction after the last verb.
    package enum Ending: Sendable, Equatable {
        /// `<Hangup>`.
        case hangup
        /// `<Redirect>`: the URL of the next document.
        case redirect(WebhookURL)
        /// No instruction: the call ends when the verbs have been carried out, or its status callback has its response.
        case none
    }

    /// One instruction.
    package enum Verb: Sendable, Equatable {
        case say(Say)
        case pause(Pause)
        case gather(Gather)
        case record(Record)
        case dial(Dial)
    }

    package let verbs: [Verb]
    package let ending: Ending

    package init(_ verbs: [Verb] = [], then ending: Ending) {
        self.verbs = verbs
        self.ending = ending
    }

    /// The document as XML, in UTF-8.
    package var text: String {
        var response = TwiMLElement("Response")
        response.children = verbs.map(\.element)
        switch ending {
        case .hangup: response.children.append(TwiMLElement("Hangup"))
        case .redirect(let url):
            response.children.append(TwiMLElement("Redirect", [("method", "POST")], text: url.text))
        case .none: break
        }
        return #"<?xml version="1.0" encoding="UTF-8"?>"# + response.text
    }
}

extension VoiceResponse.Verb {
    var element: TwiMLElement {
        switch self {
        case .say(let say): say.element
        case .pause(let pause): pause.element
        case .gather(let gather): gather.element
        case .record(let record): record.element
        case .dial(let dial): dial.element
        }
    }
}
