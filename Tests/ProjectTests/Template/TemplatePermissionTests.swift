import Foundation
import JSON
import Settings
import TestSupport
import Testing

/// The rights of template.yaml's roles, and the callers of its functions.
struct TemplatePermissionTests {
    private static let secrets: Set<String> = ["kms:Decrypt", "secretsmanager:GetSecretValue"]

    /// The actions of docs/permissions.md by function; those of every function under `all`.
    private static func documented() throws -> [String: Set<String>] {
        let page = TestProcess.root.appending(path: "docs/permissions.md")
        var actions: [String: Set<String>] = [:]
        for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n") where line.hasPrefix("| ") {
            let name = line.dropFirst(2).prefix { $0 != " " }
            let named = line.matches(of: /`([a-z0-9\-]+:[A-Za-z0-9]+)`/).map { String($0.output.1) }
            if !named.isEmpty { actions[String(name), default: []].formUnion(named) }
        }
        return actions
    }

    /// AWS has no resource for these; a direct SMS has none.
    private static let withoutResource: Set<String> = [
        "sns:CheckIfPhoneNumberIsOptedOut", "sns:Publish", "xray:PutTelemetryRecords", "xray:PutTraceSegments",
    ]

    @Test func `each role allows what docs-permissions says, and nothing else`() throws {
        let documented = try Self.documented()
        let common = try #require(documented["all"])
        let stacks = try SAMTransform.stacks([
            TemplateGroup.everything,
            TemplateGroup.everything.merging([
                "SmsProvider": "end-user-messaging", "SmsOrigination": "phone-1", "SmsOriginationArns": "arn:phone-1",
            ]) { $1 },
        ])
        // A function with no right but the common ones needs no row: its actions are compared below.
        #expect(Set(documented.keys).subtracting(["all"]).isSubset(of: TemplateGroup.functions))
        for stack in stacks { #expect(stack.properties(of: "AWS::IAM::Role").count == TemplateGroup.functions.count) }
        for function in TemplateGroup.functions {
            let allowed = stacks.flatMap { $0.statements(of: function) }.filter { $0["Effect"]?.string == "Allow" }
            let actions = Set(allowed.flatMap { Self.texts($0["Action"]) })
            #expect(actions == documented[function, default: []].union(common), "\(function)")
            for stack in stacks {
                #expect(
                    stack.resources["\(function)Role"]?["Properties"]?["ManagedPolicyArns"] == nil,
                    "A managed policy would allow more.")
                #expect(
                    stack.resources[function]?["Properties"]?["Role"]
                        == .object(["Fn::GetAtt": .array([.string("\(function)Role"), .string("Arn")])]))
            }
        }
    }

    @Test func `statements name their resources, but where AWS has none`() throws {
        let stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
        for function in TemplateGroup.functions {
            for statement in stack.statements(of: function) where statement["Effect"]?.string == "Allow" {
                let actions = Set(Self.texts(statement["Action"]))
                #expect(!actions.contains { $0.contains("*") })
                guard Self.texts(statement["Resource"]).contains("*") else { continue }
                #expect(actions.isSubset(of: Self.withoutResource), "\(function)")
            }
        }
        let denied = stack.statements(of: "SendSMS").filter { $0["Effect"]?.string == "Deny" }
        #expect(denied.flatMap { Self.texts($0["Action"]) } == ["sns:Publish"])
        #expect(denied.flatMap { Self.texts($0["Resource"]) } == ["arn:aws:sns:*:*:*"])
    }

    @Test func `AlexaCRM decrypts nothing where no secret is its own`() throws {
        let key = ["SecretsKmsKeyArn": "arn:aws:kms:eu-central-1:210987654321:key/secrets"]
        let stack = try #require(SAMTransform.stacks([TemplateGroup.alexaCRM.parameters.merging(key) { $1 }]).first)
        let actions = stack.statements(of: "AlexaCRM").flatMap { Self.texts($0["Action"]) }
        #expect(actions.contains("dynamodb:GetItem") && Self.secrets.isDisjoint(with: actions))
    }

    @Test func `End User Messaging is allowed in SNS's place, from its origination alone`() throws {
        let number = "arn:aws:sms-voice:eu-central-1:210987654321:phone-number/phone-1"
        let stack = try #require(
            SAMTransform.stacks([
                TemplateGroup.guideMessages.parameters.merging([
                    "SmsProvider": "end-user-messaging", "SmsOrigination": "phone-1", "SmsOriginationArns": number,
                ]) { $1 }
            ]).first)
        let allowed = stack.statements(of: "SendSMS").filter { $0["Effect"]?.string == "Allow" }
        #expect(!allowed.flatMap { Self.texts($0["Action"]) }.contains { $0.hasPrefix("sns:") })
        let sending = allowed.filter { $0["Action"]?.string == "sms-voice:SendTextMessage" }
        #expect(sending.flatMap { Self.texts($0["Resource"]) } == [number])
    }

    @Test func `objects are read under their prefix alone, whatever the language`() throws {
        let stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
        func resources(_ function: String, _ action: String) -> [String] {
            stack.statements(of: function).filter { $0["Action"]?.string == action }.flatMap {
                Self.texts($0["Resource"]) + Self.texts($0["Condition"]?["StringLike"]?["s3:prefix"])
            }
        }
        #expect(resources("AlexaJokebox", "s3:GetObject") == ["arn:aws:s3:::jokes/jokes/*/*"])
        #expect(resources("AlexaJokebox", "s3:ListBucket") == ["arn:aws:s3:::jokes", "jokes/*/*"])
        let calls = "connect/example/CallRecordings/*"
        #expect(
            resources("ConnectRecording", "s3:GetObject") == [
                "arn:aws:s3:::recordings/\(calls)", "arn:aws:s3:::recordings/Analysis/Voice/2*",
                "arn:aws:s3:::recordings/Analysis/Chat/2*",
            ])
        #expect(resources("ConnectRecording", "s3:ListBucket") == ["arn:aws:s3:::recordings", calls])
    }

    @Test func `redacted audio alone is read and told of, where that alone may be heard`() throws {
        let stack = try #require(
            SAMTransform.stacks([
                TemplateGroup.recordings.parameters.merging([
                    "RecordingsRedactedOnly": "true", "RecordingsPrefix": "connect/example",
                ]) { $1 }
            ]).first)
        let objects = stack.statements(of: "ConnectRecording").filter { $0["Action"]?.string == "s3:GetObject" }
        #expect(
            objects.compactMap { $0["Resource"]?.string } == [
                "arn:aws:s3:::recordings/Analysis/Voice/Redacted/*", "arn:aws:s3:::recordings/Analysis/Chat/Redacted/*",
            ])
        let pattern = stack.resources["ArrivalsRule"]?["Properties"]?["EventPattern"]?["detail"]
        #expect(Self.prefixes(stack) == ["Analysis/Voice/Redacted/", "Analysis/Chat/Redacted/"])
        #expect(pattern?["bucket"]?["name"]?.array?.compactMap(\.string) == ["recordings"])
    }

    @Test func `files of Contact Lens are told of and read at the bucket's root, unless that is switched off`() throws {
        let parameters = TemplateGroup.recordings.parameters.merging(["RecordingsPrefix": "connect/example"]) { $1 }
        let stacks = try SAMTransform.stacks([parameters, parameters.merging(["ContactLens": "false"]) { $1 }])
        #expect(
            stacks.map(Self.prefixes) == [
                ["connect/example/CallRecordings/", "Analysis/Voice/", "Analysis/Chat/"],
                ["connect/example/CallRecordings/"],
            ])
        let read = stacks.map { stack in
            stack.statements(of: "ConnectRecording").filter { $0["Action"]?.string == "s3:GetObject" }
                .flatMap { Self.texts($0["Resource"]) }.count { $0.contains("Analysis/") }
        }
        #expect(read == [2, 0])
        let variables = stacks.map { $0.variables(of: "ConnectRecording")["CONTACT_LENS"] != nil }
        #expect(variables == [true, true])
    }

    /// The prefixes of the keys that the rule for arrivals matches.
    private static func prefixes(_ stack: SAMTransform) -> [String] {
        let pattern = stack.resources["ArrivalsRule"]?["Properties"]?["EventPattern"]?["detail"]
        return pattern?["object"]?["key"]?.array?.compactMap { $0["prefix"]?.string } ?? []
    }

    private static func texts(_ json: JSONValue?) -> [String] {
        json?.array?.compactMap(\.string) ?? json?.string.map { [$0] } ?? []
    }
}
