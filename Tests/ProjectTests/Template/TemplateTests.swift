import Foundation
import Idempotency
import JSON
import Settings
import TestSupport
import Testing

/// The resources that template.yaml deploys, after AWS's own transform.
struct TemplateTests {
    @Test func `each group deploys alone, with its functions and nothing unresolved`() throws {
        let stacks = try SAMTransform.stacks(TemplateGroup.allCases.map(\.parameters))
        for (group, stack) in zip(TemplateGroup.allCases, stacks) {
            #expect(stack.broken == [], "\(group)")
            #expect(stack.unresolved == [], "\(group)")
            #expect(Set(stack.properties(of: "AWS::Lambda::Function").keys) == group.functions)
            #expect(!group.functions.isEmpty)
        }
        #expect(stacks.count >= 5)
    }

    @Test func `a group without a parameter that it needs is told which`() throws {
        let cases = TemplateGroup.allCases.flatMap { group in group.needed.keys.map { (group, $0) } }
        let stacks = try SAMTransform.stacks(
            cases.map { group, name in group.parameters.filter { $0.key != name } } + [
                [:], ["GuideMessages": "true", "SmsProvider": "end-user-messaging"],
            ])
        for ((_, name), stack) in zip(cases, stacks) {
            #expect(stack.broken.count == 1 && stack.broken.first?.contains(name) == true, "\(name)")
        }
        #expect(stacks.suffix(2).first?.broken.first?.hasPrefix("Switch on one at least") == true)
        #expect(stacks.last?.broken.contains { $0.contains("SmsOriginationArns") } == true)
    }

    @Test func `every function of the package but Echo is deployed, from the zip that build.sh makes`() throws {
        let functions = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
            .properties(of: "AWS::Lambda::Function")
        let manifest = try String(contentsOf: TestProcess.root.appending(path: "Package.swift"), encoding: .utf8)
        let rows = Set(manifest.matches(of: /\sFunction\(\s*"([A-Za-z]+)"/).map { String($0.output.1) })
        #expect(Set(functions.keys) == rows.subtracting(["Echo"]))
        #expect(TemplateGroup.functions == rows.subtracting(["Echo"]))
        for (name, properties) in functions {
            #expect(properties["Code"]?["S3Key"]?.string == "dist/\(name).zip")
            #expect(properties["FunctionName"]?.string == "switchboard-\(name)")
            #expect(properties["LoggingConfig"]?["LogFormat"]?.string == "JSON")
            #expect(properties["TracingConfig"]?["Mode"]?.string == "Active")
        }
    }

    @Test func `variables are those that the functions read, and none that they need is missing`() throws {
        let documented = try DocumentedVariables()
        let stacks = try SAMTransform.stacks(TemplateGroup.allCases.map(\.parameters) + [TemplateGroup.everything])
        for stack in stacks {
            for name in stack.properties(of: "AWS::Lambda::Function").keys {
                let all = stack.resources[name]?["Properties"]?["Environment"]?["Variables"]?.object ?? [:]
                let unknown = Set(all.keys).subtracting(documented.names(of: name))
                #expect(unknown.isEmpty, "\(name) does not read these.")
                let missing = documented.required(of: name).subtracting(stack.variables(of: name).keys)
                #expect(missing.isEmpty, "\(name) does not start without these.")
                let secrets = documented.names(of: name).filter { $0.hasSuffix("_SECRET_ARN") }
                #expect(secrets.isSubset(of: all.keys), "\(name)")
            }
        }
    }

    @Test func `what the documentation calls required is what the sources require`() throws {
        let documented = try DocumentedVariables()
        let required = Set(documented.rows.values.flatMap { $0 }.filter(\.isRequired).map(\.name))
        let read = try Self.sources().matches(of: /\.required\(\s*"([A-Z_]+)"/).map { String($0.output.1) }
        #expect(required == Set(read).filter { !$0.hasPrefix("AWS_") })
        let text = try Self.sources()
        let unread = Set(documented.rows.values.flatMap { $0.map(\.name) }).filter {
            // AWS_ENDPOINT_URL_<SERVICE> stands for many.
            !$0.contains("<") && !text.contains("\"\($0)\"")
        }
        #expect(unread.isEmpty, "These are documented, and read nowhere.")
    }

    @Test func `tables are on demand, protected, encrypted, recoverable and forget what has expired`() throws {
        let tables = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
            .properties(of: "AWS::DynamoDB::Table")
        #expect(Set(tables.keys).isSuperset(of: ["IdempotencyTable", "JokeboxTable", "MetricsTable", "VoiceTable"]))
        for table in tables.values {
            #expect(table["BillingMode"]?.string == "PAY_PER_REQUEST")
            #expect(table["DeletionProtectionEnabled"]?.string == "true")
            let recovery = table["PointInTimeRecoverySpecification"]
            #expect(recovery?["PointInTimeRecoveryEnabled"]?.bool == true)
            // 35 days otherwise, of what was promised to be deleted.
            #expect(recovery?["RecoveryPeriodInDays"]?.int == 1)
            #expect(table["SSESpecification"]?["SSEEnabled"]?.bool == true)
            #expect(table["TimeToLiveSpecification"]?["AttributeName"]?.string == "expiresAt")
            #expect(table["KeySchema"]?.array?.count == 1)
        }
    }

    @Test func `no secret has a value of the template's`() throws {
        let stack = try #require(SAMTransform.stacks([TemplateGroup.everything]).first)
        let secrets = stack.properties(of: "AWS::SecretsManager::Secret")
        #expect(secrets.count == 5)
        for secret in secrets.values { #expect(secret["SecretString"] == nil) }
        for (name, key) in ["RecordingLinkSecret": "RECORDING_LINK_SECRET", "VoiceHashSecret": "VOICE_HASH_SECRET"] {
            let generated = secrets[name]?["GenerateSecretString"]
            #expect(generated?["SecretStringTemplate"]?.string == "{}")
            #expect(generated?["GenerateStringKey"]?.string == key)
        }
    }

    /// Returns the shipped sources as one text.
    private static func sources() throws -> String {
        let root = TestProcess.root.appending(path: "Sources")
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        var text = ""
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift", !file.path.contains("/Sources/Local/") else { continue }
            text += try String(contentsOf: file, encoding: .utf8)
        }
        return text
    }
}
