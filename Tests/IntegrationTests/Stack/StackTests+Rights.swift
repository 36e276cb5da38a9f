import AWS
import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

/// The template's policies are evaluated: with fewer rights, a call is refused.
extension StackTests {
    @Test func `a function may do no more than its role`() async throws {
        let stack = try DeployedStack.current
        let role = try await stack.physicalID("SendSMSRole")
        let names = [(name: "RoleName", value: role), (name: "PolicyName", value: "SendSMS")]
        let document = try await stack.policy(names)
        for (right, says) in [
            ("sns:Publish", "SNS refused Publish"), ("dynamodb:PutItem", "DynamoDB refused PutItem"),
        ] {
            let less = document.replacing("\"\(right)\"", with: "\"\(right)NotAllowed\"")
            #expect(less != document)
            try await stack.setPolicy(names, less)
            var event = try DeployedStack.event("SendSMS", "10").object ?? [:]
            event["idempotencyKey"] = .string(right)
            let answer = try await stack.invoke("SendSMS", .object(event))
            #expect(answer["errorType"] == "Function.ServiceUnavailable")
            #expect(answer["errorMessage"]?.string?.contains(says) == true, "\(answer.text)")
        }
        try await stack.setPolicy(names, document)
    }

    @Test func `the API may invoke a function only by that function's permission`() async throws {
        let stack = try DeployedStack.current
        let path = "/2015-03-31/functions/\(DeployedStack.name(of: "CRMWrapperAPI"))/policy"
        let policy = try await stack.aws.rest("GET", path, of: .lambda)["Policy"]?.string ?? ""
        let statements = try JSONValue(parsing: Array(policy.utf8))["Statement"]?.array ?? []
        let statement = try #require(statements.first { $0["Principal"]?["Service"] == "apigateway.amazonaws.com" })
        let source = try #require(statement["Condition"]?["ArnLike"]?["AWS:SourceArn"]?.string)
        let id = try #require(statement["Sid"]?.string)
        func permit(_ source: String) async throws {
            _ = try await stack.aws.send("DELETE", "\(path)/\(id)", to: .lambda)
            try await stack.aws.rest(
                "POST", path, of: .lambda,
                [
                    "StatementId": .string(id), "Action": "lambda:InvokeFunction",
                    "Principal": "apigateway.amazonaws.com", "SourceArn": .string(source),
                ])
        }
        try await permit(source.replacing("/*", with: "x/*"))
        #expect(try await stack.http("GET", "/health").status == 500)
        try await permit(source)
        #expect(try await stack.http("GET", "/health").status == 200)
    }

    @Test func `EventBridge may send to the queue, and else to the dead-letter queue`() async throws {
        let stack = try DeployedStack.current
        let queue = try await stack.physicalID("ArrivalsQueue")
        let dead = try await stack.physicalID("ArrivalsDeadLetters")
        let policy = try await stack.attributes(of: queue)["Policy"]
        try await stack.set(["Policy": ""], of: queue)
        let key = "\(stack.deployment.recordings.prefix)/CallRecordings/2026/11/21/dead_20261121T10:05_UTC.wav"
        try await stack.aws.put([1], at: key, in: stack.deployment.recordings.bucket)
        let letter = try await stack.eventually { try await stack.receive(from: dead, holding: "dead_2026") }
        #expect(letter["Body"]?.string?.contains("Object Created") == true)
        try await stack.set(["Policy": #require(policy)], of: queue)
    }

    @Test func `Lambda polls the queue and writes logs with the role's rights alone`() async throws {
        let stack = try DeployedStack.current
        let role = try await stack.physicalID("ConnectRecordingRole")
        let names = [(name: "RoleName", value: role), (name: "PolicyName", value: "ConnectRecording")]
        let document = try await stack.policy(names)
        let queue = try await stack.physicalID("ArrivalsQueue")
        try await stack.setPolicy(names, document.replacing("sqs:DeleteMessage", with: "sqs:NoMessage"))
        // A poll that had begun before that may still take a message.
        try await Task.sleep(for: .seconds(1))
        try await stack.aws.call(
            "AmazonSQS.SendMessage", of: .sqs,
            ["QueueUrl": .string(queue), "MessageBody": #"{"Event": "s3:TestEvent"}"#])
        try await Task.sleep(for: .seconds(2))
        #expect(try await stack.attributes(of: queue)["ApproximateNumberOfMessages"] == "1")
        func logged() async throws -> Int? {
            try await stack.aws.call(
                "Logs_20140328.FilterLogEvents", of: .logs,
                ["logGroupName": .string(stack.physicalID("ConnectRecordingLogs"))])["events"]?.array?.count
        }
        let before = try await logged()
        try await stack.setPolicy(names, document.replacing("logs:PutLogEvents", with: "logs:PutNothing"))
        _ = try await stack.invoke("ConnectRecording", ["unknown": true])
        #expect(try await logged() == before)
        try await stack.setPolicy(names, document)
        _ = try await stack.eventually {
            try await stack.attributes(of: queue)["ApproximateNumberOfMessages"] == "0" ? true : nil
        }
    }
}

extension DeployedStack {
    /// Returns the policy of a role.
    fileprivate func policy(_ names: [(name: String, value: String)]) async throws -> String {
        let kept = try await aws.query("GetRolePolicy", of: .iam, version: "2010-05-08", names)
        return try #require(kept["GetRolePolicyResult"]?["PolicyDocument"]?.text.removingPercentEncoding)
    }

    /// Replaces the policy of a role.
    fileprivate func setPolicy(_ names: [(name: String, value: String)], _ document: String) async throws {
        try await aws.query(
            "PutRolePolicy", of: .iam, version: "2010-05-08", names + [(name: "PolicyDocument", value: document)])
    }
}
