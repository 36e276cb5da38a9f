import JSON
import LocalServices
import Timeline

/// The events of a call: what its terminal shows and what is typed, a flow's blocks, Twilio's webhooks.
struct CallEvents: Sendable {
    let timeline: Timeline
    /// The flow, and the command that plays it.
    let source: TimelineSource

    /// Reports a line that is shown.
    func said(_ line: ShownLine) {
        let kind =
            switch line.kind {
            case .said: "said"
            case .note, .message: "note"
            case .view: "view"
            case .transferred: "transferred"
            case .ended: "ended"
            case .keys: "keys"
            }
        report(kind, line.text, ["who": .string(line.speaker.rawValue), "text": .string(line.words)])
    }

    /// Reports what a person types; nil: hangs up.
    func typed(_ text: String?, by who: CallPerson = .caller) {
        let person = who.rawValue
        guard let text else {
            return report("ended", "The \(person) hangs up", ["who": .string(person)])
        }
        let keys = text.filter { $0 != " " }
        if keys.isEmpty {
            report("speech", "The \(person) is silent", ["who": .string(person), "text": ""])
        } else if who == .agent {
            report("answered", "The agent types \(text)", ["who": .string(person), "text": .string(text)])
        } else if keys.allSatisfy({ "0123456789*#".contains($0) }) {
            report("keys", "The \(person) presses \(keys)", ["who": .string(person), "keys": .string(keys)])
        } else {
            report("speech", "The \(person): \(text)", ["who": .string(person), "text": .string(text)])
        }
    }

    /// Reports an agent's answer to a view that is shown as it is; nil: closes it.
    func answered(_ answer: AgentAnswer?) {
        switch answer {
        case nil: typed(nil, by: .agent)
        case .silence?: typed("", by: .agent)
        case .choice(let choice)?:
            report("answered", "The agent chooses \(choice.label)", ["who": "agent", "text": .string(choice.label)])
        case .form(let values)?:
            report(
                "answered", "The agent fills in the form",
                ["who": "agent", "fields": .object(values.mapValues(JSONValue.string))])
        }
    }

    /// Reports a webhook of the Twilio number.
    func webhook(
        _ url: String, _ form: [String: String], _ response: (status: Int, body: [UInt8])?, _ duration: Duration
    ) {
        let fields = JSONValue.object(form.mapValues(JSONValue.string))
        let status = response?.status
        timeline.report(
            TimelineEvent(
                .twilio, "webhook", "Twilio: POST \(url) → \(status.map(String.init) ?? "no response")",
                outcome: status == 200 ? .ok : .failed, milliseconds: duration.tenths, function: "TwilioVoice",
                source: source.name, command: source.command,
                detail: .members([
                    "method": "POST", "target": .string(url), "status": status.map(JSONValue.number),
                    "request": ["headers": ["Content-Type": "application/x-www-form-urlencoded"], "body": fields],
                    "response": response.map { .members(["body": TimelineBody.value($0.body, type: "text/xml")]) },
                ])))
    }

    private func report(_ kind: String, _ title: String, _ detail: JSONValue) {
        timeline.report(TimelineEvent(.call, kind, title, source: source.name, command: source.command, detail: detail))
    }
}
