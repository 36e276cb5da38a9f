import AWS
import Calling
import Idempotency
import Settings
import Telephony

/// Amazon SNS: checks whether the number has opted out, then publishes to it.
struct SNSProvider: SMSProvider {
    let client: SNSClient
    let settings: SMSSettings

    func send(
        _ text: SMSText, to number: PhoneNumber, kind: MessageType, deadline: ContinuousClock.Instant
    ) async throws(DeliveryError) -> SMSResponse {
        guard try await !isOptedOut(number, deadline: deadline) else { return .optedOut }
        // A number of another country would be refused, or replaced by one that SNS has there.
        let origination = settings.origination.flatMap { $0.country.covers(number) ? $0.text : nil }
        let message = SMSMessage(
            phoneNumber: number.text, text: text.text, kind: kind == .transactional ? .transactional : .promotional,
            senderID: settings.senderID, originationNumber: origination, maxPrice: settings.maxPrice)
        do throws(AWSError) {
            return .accepted(messageID: try await client.publish(message, deadline: deadline))
        } catch {
            // The owner may opt out between the check and the message.
            if error.outcome == .refused, error.code == "OptedOut" || error.code == "OptedOutException" {
                return .optedOut
            }
            throw DeliveryError(error)
        }
    }

    private func isOptedOut(
        _ number: PhoneNumber, deadline: ContinuousClock.Instant
    ) async throws(DeliveryError) -> Bool {
        do throws(AWSError) {
            return try await client.isOptedOut(phoneNumber: number.text, deadline: deadline)
        } catch {
            throw DeliveryError(
                .unavailable,
                "\(error.description) Nothing was sent, because the opt-out check failed: retry later.",
                mayHaveBeenSent: false)
        }
    }
}
