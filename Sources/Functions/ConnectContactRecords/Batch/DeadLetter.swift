import AWS
import AWSEvents
import JSON

/// A record that can never be written, as the queue of such records gets it.
struct DeadLetter: Sendable, Equatable {
    enum Reason: String, Sendable {
        /// The data is not a JSON object.
        case notJSON
        /// The contact's id is missing, or of another form.
        case noContactId
        /// `LastUpdateTimestamp` is missing, or no time.
        case noLastUpdate
        /// Salesforce, or SES, refuses it for good.
        case refused
    }

    let reason: Reason
    /// Salesforce's code, or SES's; empty when the record itself is at fault.
    let errorCode: String
    let source: KinesisEvent.Record

    init(_ reason: Reason, code: String = "", of source: KinesisEvent.Record) {
        self.reason = reason
        errorCode = code
        self.source = source
    }

    /// The message: `{"data","errorCode","reason","sequenceNumber"}`, with the data in Base64, unchanged.
    ///
    /// Data that does not fit is left out, and its length follows the reason.
    var text: String {
        let whole = text(reason.rawValue, data: source.data)
        if whole.utf8.count <= SQSClient.largestMessage { return whole }
        return text("\(reason.rawValue) \(source.data.utf8.count)", data: "")
    }

    private func text(_ reason: String, data: String) -> String {
        let message: JSONValue = [
            "reason": .string(reason), "errorCode": .string(errorCode),
            "sequenceNumber": .string(source.sequenceNumber.text), "data": .string(data),
        ]
        return message.text
    }
}
