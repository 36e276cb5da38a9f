import AWS
import Calling
import Idempotency
import Telephony

/// AWS End User Messaging: sends a message, and recognises a refusal because the number has opted out.
struct EndUserMessagingProvider: SMSProvider {
    let client: EndUserMessagingClient
    let origination: String
    let maxPrice: String?

    func send(
        _ text: SMSText, to number: PhoneNumber, kind: MessageType, deadline: ContinuousClock.Instant
    ) async throws(DeliveryError) -> SMSResponse {
        let message = TextMessage(
            phoneNumber: number.text, text: text.text, kind: kind == .transactional ? .transactional : .promotional,
            originationIdentity: origination, maxPrice: maxPrice)
        do throws(AWSError) {
            return .accepted(messageID: try await client.sendTextMessage(message, deadline: deadline))
        } catch {
            if error.outcome == .refused, error.code == "ConflictException",
                error.reason == "DESTINATION_PHONE_NUMBER_OPTED_OUT"
            {
                return .optedOut
            }
            throw DeliveryError(error)
        }
    }
}
