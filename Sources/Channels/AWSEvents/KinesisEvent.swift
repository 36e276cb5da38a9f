package import JSON

/// A batch of records from a stream of Amazon Kinesis.
///
/// "Using AWS Lambda with Amazon Kinesis" in the AWS Lambda Developer Guide.
package struct KinesisEvent: Sendable, Equatable {
    /// The place of a record in its shard: a decimal number of up to 128 digits.
    package struct SequenceNumber: Sendable, Hashable, Comparable {
        /// The number as the event has it, which a failure is reported by.
        package let text: String

        package init(_ text: String) {
            self.text = text
        }

        package static func < (left: SequenceNumber, right: SequenceNumber) -> Bool {
            let (first, second) = (left.digits, right.digits)
            return first.count == second.count ? first.lexicographicallyPrecedes(second) : first.count < second.count
        }

        private var digits: Substring.UTF8View { text.utf8.drop { $0 == UInt8(ascii: "0") } }
    }

    package struct Record: Sendable, Equatable {
        package let sequenceNumber: SequenceNumber
        /// The record's bytes in Base64, as the event has them; empty where it has none.
        package let data: String

        package init(sequenceNumber: SequenceNumber, data: String) {
            self.sequenceNumber = sequenceNumber
            self.data = data
        }
    }

    package let records: [Record]
}

extension KinesisEvent: JSONReadable {
    /// Throws `InvalidInput` when the event is not a batch of a stream, or a record has no number by which to report it.
    package init(_ json: JSONValue) throws {
        guard let records = json["Records"]?.array, !records.isEmpty,
            records.allSatisfy({ $0["eventSource"]?.string == "aws:kinesis" })
        else { throw InvalidInput("The event must be a batch of records from a Kinesis stream.") }
        self.records = try records.map { record in
            guard let number = record["kinesis"]?["sequenceNumber"]?.string, !number.isEmpty else {
                throw InvalidInput("A record of the event has no kinesis.sequenceNumber.")
            }
            return Record(
                sequenceNumber: SequenceNumber(number), data: record["kinesis"]?["data"]?.string ?? "")
        }
    }
}
