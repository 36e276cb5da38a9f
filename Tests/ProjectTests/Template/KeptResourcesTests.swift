import Foundation
import JSON
import Settings
import TestSupport
import Testing

/// What outlives its group and the stack, and how it is given back.
struct KeptResourcesTests {
    /// The types that hold what people would miss.
    private static let kept: Set<String> = [
        "AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::SecretsManager::Secret", "AWS::S3::Bucket", "AWS::KMS::Key",
        "AWS::Kinesis::Stream", "AWS::SNS::Topic",
    ]
    /// The properties by which a template names what CloudFormation would name otherwise.
    private static let names = ["TableName", "QueueName", "Name", "BucketName", "TopicName", "AliasName"]

    private let stack: SAMTransform

    init() throws {
        stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
    }

    @Test func `tables, secrets and queues outlive their group and the stack, whatever replaces them`() {
        let resources = stack.resources.filter { Self.kept.contains($0.value["Type"]?.string ?? "") }
        #expect(resources.count >= 12)
        for (name, resource) in resources {
            #expect(resource["DeletionPolicy"]?.string == "Retain", "\(name)")
            #expect(resource["UpdateReplacePolicy"]?.string == "Retain", "\(name)")
            // A name of its own would keep a new stack, or the group that is on again, from being created beside it.
            for property in Self.names { #expect(resource["Properties"]?[property] == nil, "\(name): \(property)") }
        }
    }

    @Test func `nothing else stays: a log group has its function's name, which a new stack needs`() {
        let others = stack.resources.filter { !Self.kept.contains($0.value["Type"]?.string ?? "") }
        for (name, resource) in others {
            #expect(["Delete", nil].contains(resource["DeletionPolicy"]?.string), "\(name)")
        }
        for (name, group) in stack.properties(of: "AWS::Logs::LogGroup") {
            #expect(group["LogGroupName"] != nil && stack.resources[name]?["DeletionPolicy"]?.string == "Delete")
        }
    }

    @Test(arguments: ["IdempotencyTable", "JokeboxTable", "MetricsTable", "VoiceTable"])
    func `a table is given back by its name, and none is created then`(table: String) throws {
        let parameters = TemplateGroup.everything.merging([
            "\(table)Name": "earlier-\(table)-1ABC",
            "VoiceHashSecretArn": "arn:aws:secretsmanager:x:1:secret:VoiceHash",
        ]) { $1 }
        let again = try #require(SAMTransform.stacks([parameters]).first)
        #expect(again.broken == [] && again.unresolved == [])
        #expect(stack.outputs["\(table)Kept"]?["Value"]?["Ref"]?.string == table)
        #expect(again.resources[table] == nil && again.outputs["\(table)Kept"] == nil)
        var count = 0
        for function in TemplateGroup.functions {
            for (name, value) in stack.variables(of: function) where value["Ref"]?.string == table {
                #expect(again.variables(of: function)[name]?.string == "earlier-\(table)-1ABC", "\(function)")
                count += 1
            }
            let arn = JSONValue.object(["Fn::GetAtt": .array([.string(table), .string("Arn")])])
            let before = stack.statements(of: function).map { $0["Resource"] == arn }
            let after = again.statements(of: function).map {
                $0["Resource"]?.string?.hasSuffix(":table/earlier-\(table)-1ABC") == true
            }
            #expect(before == after, "\(function)")
        }
        #expect(count > 0)
    }

    @Test func `a secret is given back by its ARN, and none is created then`() throws {
        let made = stack.properties(of: "AWS::SecretsManager::Secret").keys
        #expect(made.count == 5)
        let parameters = made.map { ("\($0)Arn", "arn:aws:secretsmanager:eu-central-1:210987654321:secret:\($0)") }
        let again = try #require(
            SAMTransform.stacks([TemplateGroup.everything.merging(parameters) { $1 }]).first)
        #expect(again.broken == [] && again.properties(of: "AWS::SecretsManager::Secret").isEmpty)
        for name in ["RecordingLinkSecret", "VoiceHashSecret"] {
            #expect(stack.outputs["\(name)Kept"]?["Value"]?["Ref"]?.string == name)
            #expect(again.outputs["\(name)Kept"] == nil)
        }
        #expect(
            again.variables(of: "TwilioVoice")["VOICE_HASH_SECRET_ARN"]?.string
                == "arn:aws:secretsmanager:eu-central-1:210987654321:secret:VoiceHashSecret")
    }

    @Test func `a table of identities is refused without the secret that they are hashed under`() throws {
        let parameters = TemplateGroup.voiceAuthentication.parameters.merging(["VoiceTableName": "earlier"]) { $1 }
        let refused = try #require(SAMTransform.stacks([parameters]).first)
        #expect(refused.broken.count == 1 && refused.broken.first?.contains("needs VoiceHashSecretArn") == true)
        let without = TemplateGroup.jokebox.parameters.merging(["VoiceTableName": "earlier"]) { $1 }
        #expect(try SAMTransform.stacks([without]).first?.broken == [])
    }

    @Test func `the documents say of each what stays, how it is used again, and how all of it is removed`() throws {
        let page = try String(
            contentsOf: TestProcess.root.appending(path: "docs/operations.md"), encoding: .utf8)
        let section = try #require(page.components(separatedBy: "\n## Deleting\n").last)
        for name in stack.resources.filter({ Self.kept.contains($0.value["Type"]?.string ?? "") }).keys {
            #expect(section.contains(name), "\(name)")
        }
        let template = try String(contentsOf: TestProcess.root.appending(path: "template.yaml"), encoding: .utf8)
        let parameters = section.matches(of: #/`(\w+(?:SecretArn|TableName))`/#).map { String($0.1) }
        #expect(Set(parameters).count == 9)
        for name in parameters { #expect(template.contains("\n  \(name):\n    Type: String\n"), "\(name)") }
        for words in [
            "delete-table", "delete-secret", "delete-queue", "--no-deletion-protection-enabled", #"{"phase":"sweep"}"#,
        ] {
            #expect(section.contains(words), "\(words)")
        }
    }
}
