import Encoding
import JSON

/// A record of a Kinesis data stream's shard, as Lambda gives it to a function.
struct ShardRecord: Sendable, Equatable {
    /// The place in the stream; later records of a shard have greater ones.
    let number: Int
    let partitionKey: String
    let data: [UInt8]
    /// The time of its arrival since the simulation began.
    let arrival: Duration

    /// Real ones have 56 digits, more than an integer holds: they are compared as text of one length.
    var sequenceNumber: String {
        "4965000000000000000000000000000000000000000000" + String(String(10_000_000_000 + number).dropFirst())
    }

    /// The event of a batch: "Process Amazon Kinesis Data Streams records with Lambda" in the AWS Lambda Developer Guide.
    static func event(of records: [ShardRecord], shard: Int) -> JSONValue {
        let stream = "arn:aws:kinesis:eu-central-1:123456789012:stream/contact-records"
        let elements = records.map { record -> JSONValue in
            [
                "eventSource": "aws:kinesis", "eventName": "aws:kinesis:record", "eventVersion": "1.0",
                "eventID": .string("shardId-00000000000\(shard):\(record.sequenceNumber)"),
                "eventSourceARN": .string(stream), "awsRegion": "eu-central-1",
                "invokeIdentityArn": "arn:aws:iam::123456789012:role/ConnectContactRecords",
                "kinesis": [
                    "kinesisSchemaVersion": "1.0", "partitionKey": .string(record.partitionKey),
                    "sequenceNumber": .string(record.sequenceNumber), "data": .string(Base64.encode(record.data)),
                    "approximateArrivalTimestamp": .number("\(1_795_000_000 + record.arrival / .seconds(1))"),
                ],
            ]
        }
        return ["Records": .array(elements)]
    }
}

/// A function that takes contact records: returns the identifiers of `batchItemFailures`, or throws when it fails as a whole.
///
/// The function in the simulation is one of these, whatever it is made of.
typealias ContactRecordsHandler = @Sendable (_ batch: [ShardRecord]) async throws -> [String]

/// Starts a process of the function: what was warm in the one before is gone.
typealias ContactRecordsStart = @Sendable () async throws -> ContactRecordsHandler
