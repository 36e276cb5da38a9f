import AWS
import Foundation
import JSON
import LocalServices
import Settings
import TestSupport
import Testing

/// The creation and removal of stacks, and those that cannot be created.
@Suite(.serialized, .takingTurns) struct StackRemovalTests {
    /// What outlives the stack.
    private static let kept = [
        "secrets": ["RecordingLinkSecret", "SalesforceSecret", "TwilioSecret", "VoiceHashSecret", "VoiceItSecret"],
        "tables": ["IdempotencyTable", "JokeboxTable", "MetricsTable", "VoiceTable"],
        "queues": ["ArrivalsDeadLetters", "ArrivalsQueue", "ContactRecordsDeadLetters", "UnsentMessages"],
        "streams": ["ContactRecordsStream"],
    ]

    @Test func `removing the stack leaves nothing but tables, secrets, queues and the stream`() async throws {
        try await DeployedStack.withRunning { stack in
            _ = try await stack.invoke("SendSMS", DeployedStack.event("SendSMS", "10"))
            _ = try await stack.http("GET", "/health")
            let before = try await Self.everything(in: stack.aws)
            #expect(before.allSatisfy { !$0.value.isEmpty }, "\(before)")
            try await stack.deployment.remove()
            for (kind, left) in try await Self.everything(in: stack.aws) {
                let kept = Self.kept[kind] ?? []
                #expect(left.count == kept.count, "\(kind): \(left)")
                for name in kept {
                    #expect(left.contains { $0.lowercased().contains(name.lowercased()) }, "\(name) in \(left)")
                }
            }
        }
    }

    @Test func `voice authentication is switched off, and on again with what stayed: who had opted out still has`()
        async throws
    {
        try await DeployedStack.withRunning { stack in
            func phase(_ phase: String) async throws -> JSONValue {
                try await stack.invoke(
                    "VoiceAuthCheck",
                    [
                        "Name": "ContactFlowEvent",
                        "Details": [
                            "ContactData": [
                                "ContactId": "5f6a7b8c-0000-4000-8000-0000000000aa", "Channel": "VOICE",
                                "CustomerEndpoint": ["Address": "+12065550123", "Type": "TELEPHONE_NUMBER"],
                            ],
                            "Parameters": ["phase": .string(phase)],
                        ],
                    ])
            }
            #expect(try await phase("optout")["Branch"] == "optedout")
            var kept: [String: String] = [:]
            for id in ["VoiceHashSecret", "VoiceItSecret", "TwilioSecret"] {
                kept["\(id)Arn"] = try await stack.physicalID(id)
            }
            let table = try await stack.physicalID("VoiceTable")
            #expect(stack.deployment.output("VoiceTableKept") == table)
            try await stack.deployment.update(["VoiceAuthentication": "false"])
            let tables = try await Self.everything(in: stack.aws)["tables"] ?? []
            #expect(tables.contains { $0.contains(table) })
            kept["VoiceTableName"] = table
            try await stack.deployment.update(kept)
            #expect(try await phase("begin")["Branch"] == "optedout")
            let made = try await stack.deployment.stack.resources().map(\.logicalID)
            #expect(!made.contains("VoiceTable") && !made.contains("VoiceHashSecret"))
        }
    }

    /// Returns the resources of each kind that the template creates, as listed by the services.
    private static func everything(in aws: Ministack) async throws -> [String: [String]] {
        func rest(_ path: String, _ service: Ministack.Service, _ list: String) async throws -> [String] {
            try await aws.rest("GET", path, of: service)[list]?.array?.map(\.text) ?? []
        }
        func call(_ target: String, _ service: Ministack.Service, _ list: String) async throws -> [String] {
            try await aws.call(target, of: service)[list]?.array?.map(\.text) ?? []
        }
        func query(_ action: String, _ service: Ministack.Service, _ version: String, _ list: String) async throws
            -> [String]
        {
            try await aws.query(action, of: service, version: version)["\(action)Result"]?[list]?.children
                .map { $0.children.map(\.text).joined(separator: " ") } ?? []
        }
        return [
            "functions": try await rest("/2015-03-31/functions", .lambda, "Functions"),
            "mappings": try await rest("/2015-03-31/event-source-mappings", .lambda, "EventSourceMappings"),
            "APIs": try await rest("/v2/apis", .apiGateway, "items"),
            "tables": try await call("DynamoDB_20120810.ListTables", .dynamoDB, "TableNames"),
            "queues": try await call("AmazonSQS.ListQueues", .sqs, "QueueUrls"),
            "streams": try await call("Kinesis_20131202.ListStreams", .kinesis, "StreamNames"),
            "secrets": try await call("secretsmanager.ListSecrets", .secretsManager, "SecretList"),
            "rules": try await call("AWSEvents.ListRules", .eventBridge, "Rules"),
            "log groups": try await call("Logs_20140328.DescribeLogGroups", .logs, "logGroups"),
            "roles": try await query("ListRoles", .iam, "2010-05-08", "Roles"),
            "stacks": try await query("DescribeStacks", .cloudFormation, "2010-05-15", "Stacks"),
            "alarms": try await query("DescribeAlarms", .cloudWatch, "2010-08-01", "MetricAlarms"),
            "dashboards": try await query("ListDashboards", .cloudWatch, "2010-08-01", "DashboardEntries"),
            "buckets": try await aws.buckets(),
        ]
    }

    @Test(arguments: [
        (["EmailAllowedSenders": ""], "Guide messages need EmailAllowedSenders."),
        (
            ["SmsDefaultCountryCode": "", "SmsAllowedCountryCodes": ""],
            "Guide messages need SmsAllowedCountryCodes or SmsDefaultCountryCode."
        ),
        (["RecordingsConcurrency": "1"], "RecordingsConcurrency"),
        (["NoSuchParameter": "x"], "NoSuchParameter"),
    ])
    func `parameters that the template does not take are refused with the reason`(
        parameters: [String: String], reason: String
    ) async throws {
        var configuration = LocalDeployment.Configuration(root: TestProcess.root)
        configuration.parameters = parameters
        let chosen = configuration
        let error = await #expect(throws: LocalAWSError.self) {
            try await LocalDeployment.withRunning(chosen) { _ in }
        }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test func `what a resource failed with is told by its name and type`() async throws {
        // A secret's replica in its own region.
        let template = #"""
            {"Resources": {"Twin": {"Type": "AWS::SecretsManager::Secret",
              "Properties": {"ReplicaRegions": [{"Region": "eu-central-1"}]}}}}
            """#
        let environment = TestProcess.root.appending(path: ".venv").path
        let error = await #expect(throws: LocalAWSError.self) {
            try await Ministack.withRunning(virtualEnvironment: environment) { aws in
                try await aws.add(LocalBucket("templates", objects: [("template.json", Array(template.utf8))]))
                _ = try await CloudFormationStack.create(
                    "failing", templateURL: "\(aws.endpoint)/templates/template.json", parameters: [:], in: aws)
            }
        }
        #expect(error?.description.contains("CREATE_FAILED") == true)
        #expect(error?.description.contains("\n  Twin (AWS::SecretsManager::Secret): ") == true)
        #expect(error?.description.contains("replication failed") == true)
    }

    @Test func `the command tells the stack's outputs, and Ctrl-C ends it with all that it started`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "deploy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appending(path: "output")
        let process = try TestProcess(
            "/bin/sh", ["-c", "exec dist/switchboard deploy --local >\"$0\"", output.path],
            environment: ["PATH": "/usr/bin:/bin", "TMPDIR": folder.path, "SWITCHBOARD_ROOT": TestProcess.root.path],
            directory: TestProcess.root)
        let end = ContinuousClock.now + .seconds(40)
        var text = ""
        while !text.contains("Ctrl-C"), process.isRunning, .now < end {
            try await Task.sleep(for: .milliseconds(50))
            text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
        }
        #expect(text.contains("\nTwilioVoiceWebhook"), "\(process.errorOutput)")
        #expect(text.contains("Amazon Connect is not here"))
        let children = try #require(process.descendants)
        #expect(!children.isEmpty)
        process.signal(SIGINT)
        #expect(try await process.status() == 130)
        #expect(children.filter { kill($0, 0) == 0 }.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["output"])
    }
}
