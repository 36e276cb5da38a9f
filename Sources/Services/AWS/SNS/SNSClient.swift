import Calling
import Encoding
import HTTPTypes
import Settings

/// Amazon SNS, for text messages to phone numbers.
package struct SNSClient: Sendable {
    private let client: AWSClient

    package init(_ client: AWSClient) {
        self.client = client
        client.expect(.sns)
    }

    /// Sends `message` once and returns its MessageId: accepted by SNS, not yet delivered.
    ///
    /// The call is retried only when SNS has certainly not sent the message. `Publish` in the Amazon SNS API Reference.
    package nonisolated(nonsending) func publish(_ message: SMSMessage, deadline: ContinuousClock.Instant)
        async throws(AWSError) -> String
    {
        var parameters = [(name: "Message", value: message.text), (name: "PhoneNumber", value: message.phoneNumber)]
        let attributes: [(name: String, type: String, value: String?)] = [
            ("AWS.SNS.SMS.SMSType", "String", message.kind.rawValue),
            ("AWS.SNS.SMS.SenderID", "String", message.senderID),
            ("AWS.SNS.SMS.MaxPrice", "Number", message.maxPrice),
            ("AWS.MM.SMS.OriginationNumber", "String", message.originationNumber),
        ]
        var number = 0
        for attribute in attributes {
            guard let value = attribute.value else { continue }
            number += 1
            let entry = "MessageAttributes.entry.\(number)"
            parameters += [
                ("\(entry).Name", attribute.name), ("\(entry).Value.DataType", attribute.type),
                ("\(entry).Value.StringValue", value),
            ]
        }
        return try await call("Publish", parameters, .once, answer: "MessageId", deadline: deadline) {
            MessageIdentifier.isPlausible($0) ? $0 : nil
        }
    }

    /// Returns true when the owner of `phoneNumber` has asked this account for no more text messages.
    ///
    /// `CheckIfPhoneNumberIsOptedOut` in the Amazon SNS API Reference.
    package nonisolated(nonsending) func isOptedOut(phoneNumber: String, deadline: ContinuousClock.Instant)
        async throws(AWSError) -> Bool
    {
        try await call(
            "CheckIfPhoneNumberIsOptedOut", [(name: "phoneNumber", value: phoneNumber)], .idempotent,
            answer: "isOptedOut", deadline: deadline
        ) { Bool($0) }
    }

    /// Posts a form and returns one element of `<ActionResponse><ActionResult>`.
    private nonisolated(nonsending) func call<Output>(
        _ action: String, _ parameters: [(name: String, value: String)], _ repetition: Repetition,
        answer element: String, deadline: ContinuousClock.Instant, read: (String) -> Output?
    ) async throws(AWSError) -> Output {
        let form = PercentEncoding.form(
            [(name: "Action", value: action), (name: "Version", value: "2010-03-31")] + parameters)
        let request = AWSRequest(
            service: .sns, action: action, path: "/",
            headers: [.contentType: "application/x-www-form-urlencoded; charset=utf-8"], body: Array(form.utf8),
            repetition: repetition)
        let answer = try await client.answer(to: request, deadline: deadline)
        let document = try? XMLElement(parsing: answer.body)
        guard let text = document?["\(action)Result"]?[element]?.text, let output = read(text) else {
            throw .unreadable(request, answer)
        }
        return output
    }
}
