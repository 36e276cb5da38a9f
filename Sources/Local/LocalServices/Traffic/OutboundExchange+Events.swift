import AWS
import Encoding
import JSON
package import Timeline

extension OutboundExchange {
    /// The events of the exchange: the request, and the message or the record that it was about.
    package func events(function: String?, invocation: Int?, source: String?) -> [TimelineEvent] {
        let own: [TimelineEvent] =
            switch service {
            case .aws: awsEvents
            case .salesforce: [salesforceEvent]
            case .voiceIt: [plainEvent("request", voiceItTitle)]
            case .twilio: [plainEvent("request", "Twilio: \(request.method) \(path.prefix { $0 != "?" })")]
            case .other: [plainEvent("request", "\(request.method) \(path.prefix { $0 != "?" })")]
            }
        return own.map { event in
            var event = event
            event.time = startedAt
            event.function = function
            event.invocation = invocation
            event.source = source
            return event
        }
    }

    private func plainEvent(_ kind: String, _ title: String) -> TimelineEvent {
        TimelineEvent(
            service.channel, kind, "\(title) → \(ending)", outcome: outcome, milliseconds: milliseconds,
            detail: .object(detail))
    }

    /// The status, or that there was none.
    private var ending: String { status.map(String.init) ?? "no response" }

    var answer: JSONValue? { response.flatMap { try? JSONValue(parsing: $0.body) } }

    private var voiceItTitle: String {
        let code = answer?["responseCode"]?.string.map { " (\($0))" } ?? ""
        return "VoiceIt: \(request.method) \(path.prefix { $0 != "?" })\(code)"
    }

    // MARK: AWS

    private var awsEvents: [TimelineEvent] {
        let aws = NamedAWSRequest(self)
        let words = [aws.service, aws.operation, aws.subject].filter { !$0.isEmpty }.joined(separator: " ")
        var events = [plainEvent("request", words)]
        guard outcome == .ok else { return events }
        switch (aws.service, aws.operation) {
        case ("SES", "SendEmail"): events.append(email(aws.input))
        case ("SNS", "Publish"):
            if let to = aws.input["PhoneNumber"]?.string {
                let text = aws.input["Message"]?.string ?? ""
                events.append(Self.sms(to: to, from: nil, text, id: xml?.descendant("MessageId")?.text))
            }
        case ("End User Messaging", "SendTextMessage"):
            let (to, text) = (aws.input["DestinationPhoneNumber"]?.string, aws.input["MessageBody"]?.string)
            events.append(
                Self.sms(
                    to: to ?? "", from: aws.input["OriginationIdentity"]?.string, text ?? "",
                    id: answer?["MessageId"]?.string))
        default: events += messages(aws)
        }
        return events
    }

    /// Returns the e-mail of "SendEmail" in the API reference of SES: of version 2, or of version 1's form.
    private func email(_ input: JSONValue) -> TimelineEvent {
        let input = input["Action"] == "SendEmail" ? Self.email(ofForm: input) : input
        let destination = input["Destination"]
        let content = input["Content"]?["Simple"]
        let to = destination?["ToAddresses"]?.array?.compactMap(\.string) ?? []
        let subject = content?["Subject"]?["Data"]?.string ?? ""
        return TimelineEvent(
            .email, "sent", "E-mail to \(to.joined(separator: ", ")): \(subject)", outcome: .ok,
            detail: .members([
                "from": input["FromEmailAddress"], "to": .array(to.map(JSONValue.string)),
                "cc": destination?["CcAddresses"], "bcc": destination?["BccAddresses"],
                "replyTo": input["ReplyToAddresses"], "subject": .string(subject),
                "html": content?["Body"]?["Html"]?["Data"],
                "text": content?["Body"]?["Text"]?["Data"],
                "messageId": answer?["MessageId"] ?? xml?.descendant("MessageId").map { .string($0.text) },
                "configurationSet": input["ConfigurationSetName"],
            ]))
    }

    /// Returns version 1's form as version 2's JSON.
    private static func email(ofForm form: JSONValue) -> JSONValue {
        let list = { (name: String) -> JSONValue in
            let all = (1...50).map { form["\(name).member.\($0)"] }.prefix { $0 != nil }
            return .array(all.compactMap { $0 })
        }
        let data = { (name: String) in JSONValue.members(["Data": form["Message.\(name).Data"]]) }
        return .members([
            "FromEmailAddress": form["Source"], "ReplyToAddresses": list("ReplyToAddresses"),
            "ConfigurationSetName": form["ConfigurationSetName"],
            "Destination": [
                "ToAddresses": list("Destination.ToAddresses"), "CcAddresses": list("Destination.CcAddresses"),
                "BccAddresses": list("Destination.BccAddresses"),
            ],
            "Content": [
                "Simple": [
                    "Subject": data("Subject"), "Body": ["Html": data("Body.Html"), "Text": data("Body.Text")],
                ]
            ],
        ])
    }

    /// Returns the event of a text message, with its parts as carriers count them.
    package static func sms(to: String, from: String?, _ text: String, id: String?) -> TimelineEvent {
        let form = TextMessageForm(text)
        return TimelineEvent(
            .sms, "sent", "SMS to \(to): \(text)", outcome: .ok,
            detail: .members([
                "to": .string(to), "from": from.map(JSONValue.string), "text": .string(text),
                "parts": .number(form.parts), "encoding": .string(form.encoding), "messageId": id.map(JSONValue.string),
            ]))
    }

    /// The response of an API that speaks XML; nil for another.
    var xml: XMLElement? { response.flatMap { try? XMLElement(parsing: $0.body) } }
}

extension XMLElement {
    /// Returns the first element of that name, at any depth.
    func descendant(_ name: String) -> XMLElement? {
        self[name] ?? children.lazy.compactMap { $0.descendant(name) }.first
    }
}
