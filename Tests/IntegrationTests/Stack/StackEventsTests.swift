import Foundation
import JSON
import LocalServices
import TestSupport
import Testing
import Timeline

/// What a deployed stack reports while it runs.
@Suite(.serialized, .takingTurns) struct StackEventsTests {
    @Test func `requests, invocations and messages of a stack are one stream, without its secrets`() async throws {
        let timeline = Timeline()
        var configuration = LocalDeployment.Configuration(root: TestProcess.root)
        configuration.timeline = timeline
        let secret = "root-secret-of-\(UUID().uuidString)"
        configuration.secret = secret
        try await LocalDeployment.withRunning(configuration) { deployment in
            #expect(timeline.events().isEmpty, "nothing is told of the deploying")
            deployment.beginReporting()
            let event = try DeployedStack.event("SendEmail", "01")
            _ = try await deployment.aws.invoke("switchboard-SendEmail", event.bytes)
            _ = try await deployment.aws.invoke("switchboard-SendEmail", event.bytes)
            _ = try await deployment.aws.invoke("switchboard-SendSMS", try DeployedStack.event("SendSMS", "01").bytes)
            let api = try #require(deployment.output("HttpApiUrl"))
            _ = try await deployment.aws.request("GET", api + "/health")
            let queue = try #require(try await deployment.queueURLs().first { $0.contains("Unsent") })
            try await deployment.aws.call(
                "AmazonSQS.SendMessage", of: .sqs, ["QueueUrl": .string(queue), "MessageBody": #"{"a":1}"#])
            let end = ContinuousClock.now + .seconds(10)
            while !timeline.events().contains(where: { $0.channel == .queue }), .now < end {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        let events = timeline.events()
        func first(_ channel: TimelineEvent.Channel, _ function: String? = nil) -> TimelineEvent? {
            events.first { $0.channel == channel && (function == nil || $0.function == function) }
        }
        let email = first(.email, "SendEmail")
        #expect(email?.detail?["to"] == ["maria.silva@example.net"])
        #expect(email?.detail?["text"]?.string?.contains("Dear Maria Silva") == true)
        #expect(first(.sms, "SendSMS")?.detail?["to"] == "+12065550142")
        let runs = events.filter { $0.channel == .lambda && $0.function == "SendEmail" }.compactMap(\.detail)
        #expect(runs.map { $0["cold"] } == [true, false])
        let starts = runs.map { $0["initMilliseconds"]?.scalarText.flatMap(Double.init) }
        #expect(starts.first??.isLess(than: 10_000) == true && starts.last == .some(nil), "\(starts)")
        #expect(runs.allSatisfy { (1...128).contains($0["memoryMB"]?.int ?? 0) }, "\(runs.map { $0["memoryMB"] })")
        let sentBy = runs.map { $0["requests"]?.array?.compactMap { $0["target"]?.string } ?? [] }
        #expect(sentBy.first?.contains { $0.hasSuffix("/v2/email/outbound-emails") } == true, "\(sentBy)")
        #expect(
            sentBy.last?.contains { $0.hasSuffix("/v2/email/outbound-emails") } == false,
            "the same event is not sent again")
        let invocation = first(.lambda, "SendEmail")
        #expect(invocation?.outcome == .ok && invocation?.detail?["response"]?["status"] == "sent")
        #expect(first(.lambda, "CRMWrapperAPI")?.title.contains("→ 200") == true)
        #expect(first(.http)?.title == "GET /health → 200")
        #expect(first(.queue)?.detail?["body"] == ["a": 1])
        #expect(events.contains { $0.title == "Lambda Invoke switchboard-SendSMS → 200" })
        let sent = events.filter { $0.channel == .aws && $0.title.contains("SES SendEmail") }
        #expect(sent.count == 1, "a function's request is told once")
        let text = events.map { String(decoding: $0.json, as: UTF8.self) }.joined(separator: "\n")
        let secrets = [secret, SalesforceDouble.clientSecret, "Signature=", "AWS4-HMAC-SHA256"]
        let found = secrets.filter { text.contains($0) }
        #expect(found.isEmpty, "\(found)")
    }

    @Test func `an invocation has its caller's source before it returns, and its log is in CloudWatch Logs`()
        async throws
    {
        let timeline = Timeline()
        var configuration = LocalDeployment.Configuration(root: TestProcess.root)
        configuration.timeline = timeline
        configuration.command = { function, event in "invoke \(function) \(event.count)" }
        try await LocalDeployment.withRunning(configuration) { deployment in
            deployment.beginReporting()
            let event = try DeployedStack.event("SendSMS", "13").bytes
            let (outcome, told) = try await deployment.invoke("SendSMS", event, source: TimelineSource("a flow"))
            let events = timeline.events()
            #expect(outcome.isError && told?.outcome == .failed)
            let reported = events.first { $0.channel == .lambda }
            #expect(reported?.source == "a flow" && reported?.command?.hasPrefix("invoke SendSMS ") == true)
            #expect(!events.contains { $0.title.contains("Invoke") }, "the console's own request is not told")
            let id = try #require(told?.detail?["requestId"]?.string)
            let log = try #require(try await deployment.log(of: id, function: "SendSMS"))
            #expect(log.first == "START RequestId: \(id) Version: $LATEST")
            #expect(log.last?.hasPrefix("REPORT RequestId: \(id)\tDuration: ") == true)
            #expect(log.contains { $0.contains("E.164") })
            #expect(try await deployment.log(of: "another", function: "SendSMS") == nil)
            // What others send is told of as before, and a function's requests are throttled, nobody else's.
            try await deployment.aws.throttle(true)
            let refused = try await deployment.aws.invoke(
                "switchboard-SendSMS", DeployedStack.event("SendSMS", "01").bytes)
            #expect(refused.isError && String(decoding: refused.payload, as: UTF8.self).contains("ThrottlingException"))
            #expect(try await deployment.queueURLs().isEmpty == false)
            try await deployment.aws.throttle(false)
            let sent = try await deployment.aws.invoke(
                "switchboard-SendSMS", DeployedStack.event("SendSMS", "01").bytes)
            #expect(!sent.isError)
        }
        #expect(timeline.events().contains { $0.title.contains("Lambda Invoke") })
    }

    @Test func `nobody throttles a stack without its secret`() async throws {
        var configuration = LocalDeployment.Configuration(root: TestProcess.root)
        configuration.timeline = Timeline()
        try await LocalDeployment.withRunning(configuration) { deployment in
            let url = "\(deployment.aws.endpoint)/_switchboard/throttle/on"
            for fields in [[:], ["X-Switchboard-Own": "1"]] {
                let answer = try await deployment.aws.request("PUT", url, fields: fields)
                #expect(answer.status != 204)
            }
        }
    }

    @Test func `messages of batches and records of streams are events each, however long their request is`()
        async throws
    {
        let timeline = Timeline()
        var configuration = LocalDeployment.Configuration(root: TestProcess.root)
        configuration.timeline = timeline
        let long = String(repeating: "long ", count: 2_000)
        try await LocalDeployment.withRunning(configuration) { deployment in
            let aws = deployment.aws
            try await aws.call("Kinesis_20131202.CreateStream", of: .kinesis, ["StreamName": "s", "ShardCount": 1])
            let queue = try #require(try await deployment.queueURLs().first { $0.contains("Unsent") })
            deployment.beginReporting()
            for body in ["one", long] {
                try await aws.call(
                    "AmazonSQS.SendMessageBatch", of: .sqs,
                    [
                        "QueueUrl": .string(queue),
                        "Entries": .array(
                            (1...3).map { ["Id": .string("\($0)"), "MessageBody": .string("\(body) \($0)")] }),
                    ])
                let records = (1...4).map { number -> JSONValue in
                    let data = Data("\(body) \(number)".utf8).base64EncodedString()
                    return ["Data": .string(data), "PartitionKey": .string("k\(number)")]
                }
                try await aws.call(
                    "Kinesis_20131202.PutRecords", of: .kinesis, ["StreamName": "s", "Records": .array(records)])
            }
            let end = ContinuousClock.now + .seconds(10)
            while timeline.events().count(where: { $0.channel == .stream }) < 8, .now < end {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        let events = timeline.events()
        for (channel, count) in [(TimelineEvent.Channel.queue, 3), (.stream, 4)] {
            let told = events.filter { $0.channel == channel }
            let bodies = told.compactMap { $0.detail?["body"]?.string }
            let expected = ["one", long].flatMap { body in (1...count).map { "\(body) \($0)" } }
            #expect(bodies == expected, "\(channel): \(bodies.map { $0.suffix(10) })")
            #expect(told.allSatisfy { $0.outcome == .ok && $0.detail?["id"]?.string?.isEmpty == false })
        }
        #expect(events.last { $0.channel == .stream }?.detail?["partitionKey"] == "k4")
    }

    @Test func `at a fixed port every address is the same the next time`() async throws {
        var configuration = LocalDeployment.Configuration(root: TestProcess.root)
        configuration.port = 24_566
        configuration.secret = "the same each time"
        var addresses: [[String]] = []
        for _ in 1...2 {
            let found = try await Self.addresses(configuration)
            addresses.append(found)
        }
        #expect(addresses[0] == addresses[1])
        #expect(addresses[0].first == "http://127.0.0.1:24566")
        #expect(addresses[0].contains("http://127.0.0.1:24568") && addresses[0].contains("http://127.0.0.1:24570"))
    }

    @Test func `a port that is taken is named`() async throws {
        let taken = try await LoopbackServer { _ in }
        var configuration = LocalDeployment.Configuration(root: TestProcess.root)
        configuration.port = taken.port - 1
        let error = await #expect(throws: LocalAWSError.self) { _ = try await Self.addresses(configuration) }
        #expect(error?.description.contains("\(taken.port)") == true)
        await taken.stop()
    }

    private static func addresses(_ configuration: LocalDeployment.Configuration) async throws -> [String] {
        try await LocalDeployment.withRunning(configuration) { deployment in
            [
                deployment.aws.endpoint, deployment.aws.secretAccessKey, deployment.salesforce.loginURL,
                deployment.salesforce.instanceURL, deployment.voiceIt.url, deployment.twilio.url,
                deployment.output("HttpApiUrl") ?? "",
            ] + (try await deployment.queueURLs())
        }
    }
}
