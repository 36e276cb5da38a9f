import Foundation
import JSON
import TestSupport
import Testing

/// An outage of Salesforce, and what becomes of the arrivals in ArrivalsQueue meanwhile.
struct ArrivalsOutageTests {
    /// A queue's settings, in seconds.
    private struct Settings {
        let visibility: Int
        let receives: Int
        let retention: Int
        let deadRetention: Int
        let timeout: Int
    }

    private let stack: SAMTransform
    private let settings: Settings

    init() throws {
        stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
        let queues = stack.properties(of: "AWS::SQS::Queue")
        let queue = try #require(queues["ArrivalsQueue"])
        settings = Settings(
            visibility: try #require(queue["VisibilityTimeout"]?.int),
            receives: try #require(queue["RedrivePolicy"]?["maxReceiveCount"]?.int),
            retention: try #require(queue["MessageRetentionPeriod"]?.int),
            deadRetention: try #require(queues["ArrivalsDeadLetters"]?["MessageRetentionPeriod"]?.int),
            timeout: try #require(stack.properties(of: "AWS::Lambda::Function")["ConnectRecording"]?["Timeout"]?.int))
    }

    @Test func `six hours without Salesforce are waited out, by the arithmetic that scaling-md writes down`() throws {
        // AWS advises six times the function's timeout, so that no message comes again while it is at work.
        #expect(settings.visibility >= 6 * settings.timeout)
        let last = (settings.receives - 1) * settings.visibility
        // With a margin: a message may have failed for other reasons before.
        #expect(last >= 6 * 3600 * 3 / 2)
        #expect(settings.receives <= 1000)
        // It reaches the dead letters before it is deleted, and lies there for days: the clock is not set back.
        #expect(settings.retention > 2 * settings.receives * settings.visibility)
        #expect(settings.deadRetention - settings.receives * settings.visibility > 7 * 86_400)
        let page = try String(contentsOf: TestProcess.root.appending(path: "docs/scaling.md"), encoding: .utf8)
        #expect(
            page.replacing("\n  ", with: " ").contains(
                "\(settings.receives - 1) × \(settings.visibility) s = 9.9 hours"))
        #expect(last == 35_640)
        let mapping = stack.properties(of: "AWS::Lambda::EventSourceMapping")["ArrivalsMapping"]
        // Failures are reported, not thrown: Lambda's back-off would lower the concurrency after the outage too.
        #expect(mapping?["FunctionResponseTypes"]?.array?.compactMap(\.string) == ["ReportBatchItemFailures"])
    }

    /// SQS by a clock that is computed: a message is visible again so long after each receive, and is moved instead of
    /// received once it was received as often as the queue allows.
    private func fate(sentAt sent: Int, outage: Range<Int>, delay: (Int) -> Int) -> (done: Int?, receives: Int) {
        var (visible, receives) = (sent, 0)
        while receives < settings.receives, visible < sent + settings.retention {
            let received = visible + delay(receives)
            receives += 1
            if !outage.contains(received) { return (received, receives) }
            visible = received + settings.visibility
        }
        return (nil, receives)
    }

    @Test func `no arrival of an outage becomes a dead letter, whenever it comes, and each is soon written`() {
        let outage = 1000..<(1000 + 6 * 3600)
        for sent in stride(from: 0, to: outage.upperBound + 600, by: 37) {
            // Received at once, after Lambda's batching window, and behind a backlog of a minute a batch.
            for wait in [0, 5, 300] {
                let fate = fate(sentAt: sent, outage: outage) { _ in wait }
                let done = fate.done ?? .max
                #expect(done <= max(outage.upperBound, sent) + settings.visibility + wait, "\(sent)")
            }
        }
        // A day is more than it can wait: the dead letters have it then, and not too soon.
        let lost = fate(sentAt: 0, outage: 0..<86_400) { _ in 0 }
        #expect(lost.done == nil && lost.receives == settings.receives)
    }

    @Test func `alarms tell of the outage within twenty minutes, hours before the dead letters`() throws {
        let alarms = stack.properties(of: "AWS::CloudWatch::Alarm")
        let failing = try #require(alarms["ArrivalsFailedAlarm"])
        let filter = stack.properties(of: "AWS::Logs::MetricFilter")["ConnectRecordingArrivalFailures"]
        #expect(filter?["LogGroupName"]?["Ref"]?.string == "ConnectRecordingLogs")
        #expect(filter?["FilterPattern"]?.string == #"{ $.metric = "RecordingsArrived" }"#)
        let metric = filter?["MetricTransformations"]?.array?.first
        #expect(metric?["MetricValue"]?.string == "$.failed" && metric?["MetricName"] == failing["MetricName"])
        let period = try #require(failing["Period"]?.int)
        // One message that fails is seen in every period, and one lock that passes in one only.
        #expect(period > settings.visibility + settings.timeout)
        #expect(failing["DatapointsToAlarm"]?.int == 2 && failing["Threshold"]?.int == 0)
        #expect(2 * period <= 1200)
        let waiting = try #require(alarms["ArrivalsWaitingAlarm"])
        #expect(waiting["MetricName"]?.string == "ApproximateAgeOfOldestMessage")
        #expect(waiting["Dimensions"]?.array?.first?["Value"]?["Fn::GetAtt"]?.array?.first?.string == "ArrivalsQueue")
        let age = try #require(waiting["Threshold"]?.int)
        // SQS leaves out what it has delivered three times; one failure that passes is not enough.
        #expect(age > settings.visibility + settings.timeout && age < 2 * settings.visibility)
        let actions = alarms["ArrivalsDeadLettersAlarm"]?["AlarmActions"]
        for alarm in [failing, waiting] { #expect(alarm["AlarmActions"] == actions) }
    }

    @Test func `a topic's notifications come to the queue, and only that topic's`() throws {
        let subscription = try #require(stack.properties(of: "AWS::SNS::Subscription")["ArrivalsSubscription"])
        let topic = "arn:aws:sns:eu-central-1:210987654321:recordings"
        #expect(subscription["TopicArn"]?.string == topic && subscription["Protocol"]?.string == "sqs")
        #expect(subscription["Endpoint"]?["Fn::GetAtt"]?.array?.first?.string == "ArrivalsQueue")
        for name in ["ArrivalsQueue", "ArrivalsDeadLetters"] {
            let policy = stack.properties(of: "AWS::SQS::QueuePolicy")["\(name)Policy"]
            let statements = policy?["PolicyDocument"]?["Statement"]?.array ?? []
            let own = statements.filter { $0["Principal"]?["Service"]?.string == "sns.amazonaws.com" }
            #expect(own.map { $0["Condition"]?["ArnEquals"]?["aws:SourceArn"]?.string } == [topic])
            #expect(own.first?["Resource"]?["Fn::GetAtt"]?.array?.first?.string == name)
        }
        let none = try #require(SAMTransform.stacks([TemplateGroup.recordings.parameters]).first)
        #expect(none.properties(of: "AWS::SNS::Subscription").isEmpty)
        let policies = none.properties(of: "AWS::SQS::QueuePolicy").values
        #expect(policies.allSatisfy { !$0.text.contains("sns.amazonaws.com") })
    }
}
