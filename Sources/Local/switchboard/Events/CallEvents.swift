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
    func said(_ line: String) {
        let (kind, who, text): (String, String, String) =
            if line.hasPrefix("Connect: ") {
                ("said", "Connect", String(line.dropFirst(9)))
            } else if line.hasPrefix("Twilio: ") {
                ("said", "Twilio", String(line.dropFirst(8)))
            } else {
                Self.note(line)
            }
        report(kind, line, ["who": .string(who), "text": .string(text)])
    }

    /// Returns the kind of a line in brackets, and of an agent's view.
    private static func note(_ line: String) -> (kind: String, who: String, text: String) {
        let twilio = line.hasPrefix("(Twilio ") || line.hasPrefix("(Record") || line.hasPrefix("(Sends the code")
        let kind =
            line.hasPrefix("(Transfers to") || line.hasPrefix("(Twilio dials") || line.hasPrefix("(Waits in")
            ? "transferred"
            : line.hasPrefix("(Amazon Connect hangs up") || line.hasPrefix("(The flow ends")
                || line.hasPrefix("(The guide ends") || line.hasPrefix("(The call is over")
                || line.hasPrefix("(Twilio hangs up") ? "ended" : line.hasPrefix("(Sends the code") ? "keys" : "note"
        return (kind, twilio ? "Twilio" : "Connect", line)
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
