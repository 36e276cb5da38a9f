package import JSON

extension Ministack {
    /// The URL of the e-mails that the local SES accepted.
    package var emailsURL: String { "\(endpoint)/_ministack/ses/messages" }
    /// The URL of the text messages that the local SNS accepted, by number.
    package var textsURL: String { "\(endpoint)/_ministack/sns/sms-messages" }

    /// The e-mails, each with `MessageId`, `Source`, `To`, `Subject`, `BodyText` and `BodyHtml`.
    package func emails() async throws -> [JSONValue] {
        let answer = try await JSONValue(parsing: request("GET", emailsURL).body)
        return answer["messages"]?[Self.account]?.array ?? []
    }

    /// The text messages by number.
    package func texts() async throws -> [String: [JSONValue]] {
        let answer = try await JSONValue(parsing: request("GET", textsURL).body)
        return answer["sms_messages"]?.object?.mapValues { $0.array ?? [] } ?? [:]
    }
}
