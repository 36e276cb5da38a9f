import Calling

/// AWS End User Messaging, SMS and voice, version 2 of its API.
package struct EndUserMessagingClient: Sendable {
    private let client: AWSClient

    package init(_ client: AWSClient) {
        self.client = client
        client.expect(.endUserMessaging)
    }

    /// Sends `message` once and returns its MessageId: accepted, not yet delivered.
    ///
    /// The call is retried only when the message has certainly not been sent. A number that has opted out is refused
    /// with code `ConflictException` and reason `DESTINATION_PHONE_NUMBER_OPTED_OUT`. `SendTextMessage` in the AWS End
    /// User Messaging SMS and Voice v2 API Reference.
    package nonisolated(nonsending) func sendTextMessage(_ message: TextMessage, deadline: ContinuousClock.Instant)
        async throws(AWSError)
        -> String
    {
        let action = "SendTextMessage"
        let request = AWSRequest.target(
            .endUserMessaging, prefix: "PinpointSMSVoiceV2", action: action, version: "1.0",
            body: try jsonBody(of: Input(message), for: .endUserMessaging, action), repetition: .once)
        return try await client.json(request, as: MessageIdentifier.self, deadline: deadline).messageID
    }

    private struct Input: Encodable {
        let phoneNumber: String
        let text: String
        let kind: String
        let originationIdentity: String?
        let configurationSet: String?
        let maxPrice: String?
        let timeToLive: Int?

        init(_ message: TextMessage) {
            phoneNumber = message.phoneNumber
            text = message.text
            kind = message.kind.rawValue
            originationIdentity = message.originationIdentity
            configurationSet = message.configurationSet
            maxPrice = message.maxPrice
            timeToLive = message.timeToLive
        }

        enum CodingKeys: String, CodingKey {
            case phoneNumber = "DestinationPhoneNumber"
            case text = "MessageBody"
            case kind = "MessageType"
            case originationIdentity = "OriginationIdentity"
            case configurationSet = "ConfigurationSetName"
            case maxPrice = "MaxPrice"
            case timeToLive = "TimeToLive"
        }
    }
}
