import Foundation
import LocalServices
import Settings
import TestSupport
import Testing

@testable import switchboard

/// The requests of the built functions: their roles allow every one, and nothing that none of them sends.
@Suite(.takingTurns)
struct RecordedRightsTests {
    /// Rights that Lambda uses with a function's role: logs, traces, the queue or stream of its event source, and the
    /// queues of failed events; and rights that S3, Secrets Manager and Kinesis use for the caller, where a customer's key
    /// encrypts.
    private static let notSent = ["logs:", "xray:", "sqs:", "kms:", "kinesis:"]
    /// Parts of resources that no request names: the bucket that Lambda writes given-up batches to, and the default
    /// configuration set of an SES identity, which SES looks up by itself.
    private static let notNamed = ["ConnectContactRecords": ["ContactRecordsGivenUp", ":configuration-set/"]]

    private let project = Project(root: TestProcess.root)
    private let stack: SAMTransform

    init() throws {
        stack = try #require(SAMTransform.stacks([RightsRun.parameters]).first)
    }

    @Test(arguments: TemplateGroup.functions.subtracting(["SendEmail", "SendSMS", "ConnectContactRecords"]).sorted())
    func `what a function sends is what its role allows`(name: String) async throws {
        var run = try run(name)
        if name == "AlexaCRM" {
            let url = project.root.appending(path: "events/AlexaCRM/10-create-confirmed-and-retried.json")
            let slow = String(decoding: try Files.read(url, "event"), as: UTF8.self)
                .replacing("local-token-agent", with: "local-token-slow").replacing(".session.", with: ".session.twin.")
            run.twin = Array(slow.utf8)
        }
        if name == "ConnectCRM" {
            let url = project.root.appending(path: "events/ConnectCRM/30-create-a-case-for-nobody-known.json")
            let event = String(decoding: try Files.read(url, "event"), as: UTF8.self)
            // The local Salesforce is slow to create a case of this subject: events/ConnectCRM/salesforce.json.
            run.twin = Array(event.replacing("A question @{created.id}", with: "A slow question").utf8)
        }
        check(try await run.requests(), stack, name)
    }

    @Test func `SendEmail's role allows what it sends, when SES refuses and when it does not`() async throws {
        let refused = try await sent(
            by: "SendEmail", ["SES_CONFIGURATION_SET": "guide"], sending: .sendEmail)
        check(try await run("SendEmail").requests().union(refused), stack, "SendEmail")
    }

    @Test func `ConnectContactRecords' role allows what it sends, when SES refuses and when it does not`() async throws
    {
        let refused = try await sent(
            by: "ConnectContactRecords", event: "25-voicemail", ["SES_CONFIGURATION_SET": "guide"], sending: .sendEmail)
        check(
            try await run("ConnectContactRecords").requests().union(refused), stack, "ConnectContactRecords")
    }

    @Test func `SendSMS's role allows what it sends, by either provider`() async throws {
        let refused = try await sent(by: "SendSMS", sending: .publish)
        check(try await run("SendSMS").requests().union(refused), stack, "SendSMS")
        let number = "arn:aws:sms-voice:eu-central-1:210987654321:phone-number/phone-1"
        let parameters = RightsRun.parameters.merging([
            "SmsProvider": "end-user-messaging", "SmsOrigination": "phone-1", "SmsOriginationArns": number,
        ]) { $1 }
        let other = try #require(SAMTransform.stacks([parameters]).first)
        let variables = ["SMS_PROVIDER": "end-user-messaging", "SMS_ORIGINATION": "phone-1"]
        check(try await sent(by: "SendSMS", variables, sending: .sendTextMessage), other, "SendSMS")
    }

    private func run(_ name: String) throws -> RightsRun {
        let function = try project.function(named: name)
        try function.checkIsBuilt()
        return RightsRun(function: function, project: project, stack: stack)
    }

    private func check(_ sent: Set<SentRequest>, _ stack: SAMTransform, _ function: String) {
        let policy = RolePolicy(stack.statements(of: function))
        for request in sent { #expect(policy.allows(request), "\(function) may not do this: \(request)") }
        let notNamed = Self.notNamed[function] ?? []
        for grant in Set(policy.allowed) where !Self.notSent.contains(where: grant.action.hasPrefix) {
            guard !notNamed.contains(where: { grant.resource.contains($0) }) else { continue }
            #expect(sent.contains(where: grant.covers), "\(function) never does this: \(grant)")
        }
    }

    /// Returns the requests of a function to a strict AWS that refuses its first message, so that it releases its
    /// claim, and is slow with the second, so that a repeat waits for it.
    private func sent(
        by name: String, event: String = "01-guide-form", _ variables: [String: String] = [:],
        sending operation: AWSDouble.Operation
    ) async throws -> Set<SentRequest> {
        let run = try run(name)
        let double = try AWSDouble()
        defer { double.stop() }
        double.behave { asked, number in
            guard asked == operation else { return .normal }
            return number == 1 ? .refuse(status: 400, code: "InvalidParameter") : .slow(milliseconds: 1000)
        }
        let own = try #require(try project.variables(of: run.function))
        let log = try LogFile(named: name)
        let bytes = try Files.read(project.root.appending(path: "events/\(name)/\(event).json"), "event")
        return try await BackEnds.withRunning(project, [(run.function, own)]) { backEnds in
            let environment = backEnds.environment(own).merging(double.environment) { $1 }.merging(variables) { $1 }
            var configuration = LocalFunction.Configuration(
                name: name, bootstrap: run.function.bootstrap.path, environment: environment)
            configuration.output = log.descriptor
            try await FunctionPool.withRunning(configuration) { pool in
                _ = await pool.invoke(bytes)
                async let first = pool.invoke(bytes)
                async let second = pool.invoke(bytes)
                _ = await (first, second)
            }
            return run.named(double.calls.flatMap(SentRequest.all), environment)
        }
    }
}
