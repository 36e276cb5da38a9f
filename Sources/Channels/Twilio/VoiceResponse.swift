/// What Twilio is told to do with a call: a TwiML document. "TwiML for Programmable Voice" in Twilio's documentation.
///
/// Built of types that allow no other nesting, attribute or value than Twilio does: verbs, and then how it ends, since
/// nothing runs behind `<Redirect>` or `<Hangup>`.
package struct VoiceResponse: Sendable, Equatable {
    /// What happens behind the last verb.
    package enum Ending: Sendable, Equatable {
        /// `<Hangup>`.
        case hangup
        /// `<Redirect>`: the next document is there.
        case redirect(WebhookURL)
        /// Nothing is said of it: the call ends when the verbs have been carried out, or its status callback is answered.
        case none
    }

    /// One thing to do.
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
