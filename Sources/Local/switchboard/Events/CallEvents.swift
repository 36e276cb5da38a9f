import JSON
import LocalServices
import Timeline

/// The events of a call: what its terminal shows and what is typed, a flow's blocks, Twilio's webhooks.
struct CallEvents: Sendable {
    let timeline: Timeline
    /// The flow's name.
    let source: String
    /// The person who types: the caller, or the agent of a guide that is played by itself.
    var person = "caller"

    /// Reports a line that is shown.
    func said(_ line: ShownLine) {
        let kind =
            switch line.kind {
            case .said: "said"
            case .note, .view, .message: "note"
            case .transferred: "transferred"
            case .ended: "ended"
            case .keys: "keys"
            }
        report(kind, line.text, ["who": .string(line.speaker.rawValue), "text": .string(line.words)])
    }

    /// Reports what the caller types; nil: hangs up.
    func typed(_ text: String?) {
        guard let text else {
            return report("ended", "The \(person) hangs up", ["who": .string(person)])
        }
        let keys = text.filter { $0 != " " }
        if keys.isEmpty {
            report("speech", "The \(person) is silent", ["who": .string(person), "text": ""])
        } else if keys.allSatisfy({ "0123456789*#".contains($0) }) {
            report("keys", "The \(person) presses \(keys)", ["who": .string(person), "keys": .string(keys)])
        } else {
            report("speech", "The \(person): \(text)", ["who": .string(person), "text": .string(text)])
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
                source: source,
                detail: .members([
                    "method": "POST", "target": .string(url), "status": status.map(JSONValue.number),
                    "request": ["headers": ["Content-Type": "application/x-www-form-urlencoded"], "body": fields],
                    "response": response.map { .members(["body": TimelineBody.value($0.body, type: "text/xml")]) },
                ])))
    }

    private func report(_ kind: String, _ title: String, _ detail: JSONValue) {
        timeline.report(TimelineEvent(.call, kind, title, source: source, detail: detail))
    }
}
