import Foundation
import JSON
import TestSupport
import Testing

/// The way of a contact record through the stack: the instance, the stream, the function, and where what fails goes.
struct ContactRecordsStackTests {
    private static let instance = TemplateGroup.everything["ConnectInstanceArn"] ?? ""

    private let stack: SAMTransform

    init() throws {
        stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
    }

    private static func part(_ name: String, _ attribute: String = "Arn") -> JSONValue {
        .object(["Fn::GetAtt": .array([.string(name), .string(attribute)])])
    }

    @Test func `the instance writes its contact records to the stream, and to nothing else`() {
        let storage = stack.properties(of: "AWS::Connect::InstanceStorageConfig")
        #expect(storage.count == 1)
        let properties = storage["ContactRecordsStorage"]
        #expect(properties?["InstanceArn"]?.string == Self.instance)
        #expect(properties?["ResourceType"]?.string == "CONTACT_TRACE_RECORDS")
        #expect(properties?["StorageType"]?.string == "KINESIS_STREAM")
        #expect(properties?["KinesisStreamConfig"]?["StreamArn"] == Self.part("ContactRecordsStream"))
        let stream = stack.properties(of: "AWS::Kinesis::Stream")["ContactRecordsStream"]
        #expect(stream?["StreamEncryption"]?["KeyId"]?.string == "alias/aws/kinesis")
    }

    @Test func `a record that fails comes again with those after it, and one that never works ends by its age`() throws
    {
        let mapping = try #require(stack.properties(of: "AWS::Lambda::EventSourceMapping")["ContactRecordsMapping"])
        #expect(mapping["EventSourceArn"] == Self.part("ContactRecordsStream"))
        #expect(mapping["FunctionName"]?["Ref"]?.string == "ConnectContactRecords")
        #expect(mapping["FunctionResponseTypes"]?.array?.compactMap(\.string) == ["ReportBatchItemFailures"])
        #expect(mapping["BisectBatchOnFunctionError"]?.bool == true)
        #expect(mapping["StartingPosition"]?.string == "TRIM_HORIZON")
        #expect(mapping["BatchSize"]?.int == 100)
        // The defaults are both endless. The age alone ends it: an outage of an hour takes more tries than any number.
        #expect(mapping["MaximumRetryAttempts"]?.int == -1)
        let age = try #require(mapping["MaximumRecordAgeInSeconds"]?.string.flatMap { Int($0) })
        let kept = stack.properties(of: "AWS::Kinesis::Stream")["ContactRecordsStream"]?["RetentionPeriodHours"]
        let hours = try #require(kept?.string.flatMap { Int($0) })
        #expect(age >= 6 * 3600 && age < hours * 3600)
        #expect(mapping["DestinationConfig"]?["OnFailure"]?["Destination"] == Self.part("ContactRecordsGivenUp"))
        #expect(mapping["MetricsConfig"]?["Metrics"]?.array?.compactMap(\.string) == ["EventCount"])
        let bucket = stack.properties(of: "AWS::S3::Bucket")["ContactRecordsGivenUp"]
        let closed = bucket?["PublicAccessBlockConfiguration"]?.object ?? [:]
        let isClosed = closed.values.allSatisfy { $0.bool == true }
        #expect(closed.count == 4 && isClosed)
    }

    @Test func `the function gets the queue of what can never be written, and may write there`() {
        #expect(
            stack.variables(of: "ConnectContactRecords")["DEAD_LETTER_QUEUE_URL"]?["Ref"]?.string
                == "ContactRecordsDeadLetters")
        let sends = stack.statements(of: "ConnectContactRecords").filter { $0["Action"]?.string == "sqs:SendMessage" }
        #expect(sends.count == 1 && sends.first?["Resource"] == Self.part("ContactRecordsDeadLetters"))
        let queue = stack.properties(of: "AWS::SQS::Queue")["ContactRecordsDeadLetters"]
        #expect(queue?["MaximumMessageSize"]?.int == 1_048_576 && queue?["SqsManagedSseEnabled"]?.bool == true)
    }

    @Test func `records that are late, dead or given up have an alarm each`() {
        let alarms = stack.properties(of: "AWS::CloudWatch::Alarm")
        let late = alarms["ContactRecordsLateAlarm"]
        #expect(late?["MetricName"]?.string == "IteratorAge" && late?["Namespace"]?.string == "AWS/Lambda")
        #expect(late?["Dimensions"]?.array?.first?["Value"]?["Ref"]?.string == "ConnectContactRecords")
        let dead = alarms["ContactRecordsDeadLettersAlarm"]?["Dimensions"]?.array?.first?["Value"]
        #expect(dead == Self.part("ContactRecordsDeadLetters", "QueueName"))
        let metrics = alarms["ContactRecordsGivenUpAlarm"]?["Metrics"]?.array ?? []
        let counted = metrics.compactMap { $0["MetricStat"]?["Metric"] }
        let names = Set(counted.compactMap { $0["MetricName"]?.string })
        #expect(names == ["OnFailureDestinationDeliveredEventCount", "DroppedEventCount"])
        for metric in counted {
            #expect(metric["Dimensions"]?.array?.first?["Value"]?["Ref"]?.string == "ContactRecordsMapping")
        }
    }

    @Test func `each part that an instance has already is taken, and not created`() throws {
        let stream = "arn:aws:kinesis:eu-central-1:210987654321:stream/records"
        let given = TemplateGroup.everything.merging([
            "ContactRecordsStreamArn": stream, "ContactRecordsDelivery": "false", "ContactRecordsBucket": "given-up",
        ]) { $1 }
        let again = try #require(SAMTransform.stacks([given]).first)
        #expect(again.broken == [] && again.unresolved == [])
        for type in ["AWS::Kinesis::Stream", "AWS::Connect::InstanceStorageConfig", "AWS::S3::Bucket"] {
            #expect(again.properties(of: type).isEmpty && !stack.properties(of: type).isEmpty, "\(type)")
        }
        let mapping = again.properties(of: "AWS::Lambda::EventSourceMapping")["ContactRecordsMapping"]
        #expect(mapping?["EventSourceArn"]?.string == stream)
        #expect(mapping?["DestinationConfig"]?["OnFailure"]?["Destination"]?.string == "arn:aws:s3:::given-up")
        let statements = again.statements(of: "ConnectContactRecords")
        let resources = Set(statements.compactMap { $0["Resource"]?.string })
        #expect(resources.isSuperset(of: [stream, "arn:aws:s3:::given-up", "arn:aws:s3:::given-up/aws/lambda/*"]))
        #expect(stack.outputs["ContactRecordsStreamKept"]?["Value"] == Self.part("ContactRecordsStream"))
        #expect(again.outputs["ContactRecordsStreamKept"] == nil)
    }

    @Test func `links and e-mails need recordings, whose function answers the links`() throws {
        let alone = TemplateGroup.contactRecords.parameters
        let stacks = try SAMTransform.stacks([
            alone,
            alone.merging([
                "VoicemailEmailTo": "callbacks@example.com", "VoicemailEmailFrom": "calls@example.com",
                "SesIdentityArns": "arn:aws:ses:eu-central-1:210987654321:identity/example.com",
            ]) { $1 },
        ])
        let linked = ["RECORDINGS_BUCKET", "RECORDING_LINK_BASE_URL", "RECORDING_LINK_SECRET_ARN"]
        let mail = ["VOICEMAIL_EMAIL_TO", "EMAIL_FROM"]
        let own = stacks.first?.variables(of: "ConnectContactRecords") ?? [:]
        #expect(!own.isEmpty && Set(own.keys).isDisjoint(with: linked + mail))
        #expect(stacks.last?.broken.count == 1 && stacks.last?.broken.first?.contains("needs Recordings") == true)
        let all = stack.variables(of: "ConnectContactRecords")
        #expect(Set(all.keys).isSuperset(of: linked + mail))
        for name in linked {
            #expect(all[name] == stack.variables(of: "ConnectRecording")[name], "both functions make the same link")
        }
    }
}
