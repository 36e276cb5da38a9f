import Foundation
import JSON
import LambdaRuntime
import LocalServices
import TestSupport
import Testing

@testable import switchboard

/// template.yaml as stacks/ makes it.
struct StacksTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: TestProcess.root.appending(path: path), encoding: .utf8)
    }

    /// A copy of stacks/ and of the contact flows, with changes.
    private static func project(_ changes: [(path: String, old: String, new: String)] = []) throws -> TemporaryProject {
        let project = try TemporaryProject()
        for folder in ["stacks", "stacks/patterns", "integrations/connect"] {
            for name in Files.names(in: TestProcess.root.appending(path: folder)) where name.contains(".") {
                try project.add("\(folder)/\(name)", try text("\(folder)/\(name)"))
            }
        }
        for change in changes {
            let text = project.text(change.path) ?? ""
            try #require(text.contains(change.old), "\(change.path) has no \(change.old)")
            try project.add(change.path, text.replacing(change.old, with: change.new, maxReplacements: 1))
        }
        return project
    }

    @Test func `template.yaml is what stacks and the contact flows come to`() throws {
        let isSame = try Project(root: TestProcess.root).assembledTemplate() == Self.text("template.yaml")
        #expect(isSame, "Run: switchboard template --write")
    }

    @Test func `a comment behind a value, and values in other YAML forms, change nothing`() throws {
        let project = try Self.project([
            ("stacks/guide.yaml", "    Timeout: 8\n", "    Timeout: 8 # seconds\n"),
            (
                "stacks/guide.yaml", "    LocalVariables: [TEMPLATES_DIR]\n",
                "    LocalVariables:\n      - TEMPLATES_DIR\n"
            ),
            ("stacks/voice.yaml", "    Uses: [Voice]\n", "\n    Uses: [ Voice ]\n\n"),
        ])
        let isSame = try project.project.assembledTemplate() == Self.text("template.yaml")
        #expect(isSame)
    }

    @Test func `no file that people write has more than 500 lines`() throws {
        var count = 0
        for folder in ["stacks", "stacks/patterns", ".", ".github/workflows"] {
            let names = Files.names(in: TestProcess.root.appending(path: folder))
            for name in names + [".gitlab-ci.yml"] where name != "template.yaml" {
                guard [".yaml", ".yml", ".mustache"].contains(where: name.hasSuffix) else { continue }
                guard let text = try? Self.text("\(folder)/\(name)") else { continue }
                count += 1
                #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 500, "\(folder)/\(name)")
            }
        }
        #expect(count > 10)
    }

    @Test func `a resource has a blank line before it, and before its comments`() throws {
        let resources = try #require(Self.text("template.yaml").components(separatedBy: "\nResources:\n").last)
            .components(separatedBy: "\nOutputs:\n")[0].split(separator: "\n", omittingEmptySubsequences: false)
        var count = 0
        for index in resources.indices.dropFirst() where resources[index].prefixMatch(of: /\s\s[A-Za-z]/) != nil {
            let first = resources[..<index].lastIndex { !$0.hasPrefix("  #") } ?? 0
            #expect(resources[first].isEmpty, "\(resources[index])")
            count += 1
        }
        #expect(count > 100)
    }

    @Test func `a function with every trigger takes an entry of at most 40 lines, and what it brings passes cfn-lint`()
        async throws
    {
        let entry = """
              FindCustomer:
                Description: Finds the customer who calls.
                Condition: DeployRecordings
                Timeout: 8
                Connect: ConnectRecordings
                Alexa: FindCustomerSkillId
                Routes:
                  Find: GET /customers/{number}
                Schedule:
                  Id: FindCustomerRefresh
                  Rate: rate(1 hour)
                  Description: The index is read again.
                Output: Put this ARN into the contact flow's block that looks the caller up.
                Uses: [Salesforce, IdempotencyTable]
                LocalVariables: [CUSTOMER_FILE]
                Variables:
                  CUSTOMER_TABLE: !Ref CustomerTable
                Rights:
                  - Effect: Allow
                    Action: [dynamodb:GetItem, dynamodb:PutItem]
                    Resource: !GetAtt CustomerTable.Arn

            """
        let parameter = """
              FindCustomerSkillId:
                Type: String
                Default: ""
                Description: The skill's id.

            """
        let item = "  # Customers by number.\n  CustomerTable: DeployRecordings\n"
        // A function that is not the project's own may have brought the section.
        let hasTables = try Self.text("stacks/recordings.yaml").contains("\nTables:\n")
        let table = hasTables ? "Tables:\n\(item)" : "Tables:\n\(item)\nResources:\n"
        #expect((entry + parameter + table).split(separator: "\n").count <= 40)
        let project = try Self.project([
            ("stacks/recordings.yaml", "Functions:\n", "Functions:\n\(entry)\n"),
            ("stacks/recordings.yaml", "Parameters:\n", "Parameters:\n\(parameter)"),
            ("stacks/recordings.yaml", hasTables ? "Tables:\n" : "Resources:\n", table),
        ])
        let text = try #require(try project.project.assembledTemplate())
        let template = try Template(Array(text.utf8))
        let ids = [
            "", "Logs", "Role", "ConnectPermission", "ConnectAssociation", "AlexaPermission", "HttpPermission",
            "Integration", "FindRoute", "RefreshRule", "RefreshRetries", "RefreshPermission", "SalesforceUsage",
            "ErrorsAlarm", "ThrottlesAlarm", "DurationAlarm",
        ]
        for id in ids { #expect(template.resources["FindCustomer\(id)"] != nil, "\(id)") }
        let alarm = template.resources["FindCustomerDurationAlarm"]?["Properties"]
        #expect(alarm?["Threshold"]?.string == "7200")
        #expect(template.resources["CustomerTable"]?["Type"]?.string == "AWS::DynamoDB::Table")
        #expect(template.parameters["CustomerTableName"] != nil)
        #expect(text.contains("CUSTOMER_TABLE: !If [HasCustomerTable, !Ref CustomerTableName, !Ref CustomerTable]\n"))
        #expect(text.contains(#"table/${CustomerTableName}", !GetAtt CustomerTable.Arn]"#))
        let body = template.resources["Dashboard"]?["Properties"]?["DashboardBody"]?["Fn::Sub"]?.string ?? ""
        #expect(body.components(separatedBy: "${AWS::StackName}-FindCustomer\"]").count == 6)
        #expect(text.contains("\n  FindCustomerArn:\n    Condition: DeployRecordings\n"))
        #expect(
            text.contains(
                "DeployIdempotencyTable: !Or [!Condition DeployGuideMessages, !Condition DeployAlexaCrm, "
                    + "!Condition DeployConnectCrm, !Condition DeployRecordings, !Condition DeployContactRecords]"))
        #expect(template.routes.match("GET", "/customers/1")?.function == "FindCustomer")
        #expect(
            template.declared(by: "FindCustomer")?.isSuperset(of: [
                "SALESFORCE_LOGIN_URL", "SALESFORCE_CLIENT_ID", "IDEMPOTENCY_TABLE", "CUSTOMER_TABLE", "CUSTOMER_FILE",
            ]) == true)
        try await lint(text, in: project)
    }

    @Test func `a group of its own for a function takes at most 40 lines, the root's included`() async throws {
        let group = """
            Label: "Customers: FindCustomer"
            Switch: Customers

            Parameters:
              Customers:
                Type: String
                Default: "false"
                AllowedValues: ["true", "false"]
                Description: Whether FindCustomer is deployed.

            Conditions:
              DeployCustomers: !Equals [!Ref Customers, "true"]
              ConnectCustomers: !And [!Condition HasConnectInstance, !Condition DeployCustomers]

            Functions:
              FindCustomer:
                Description: Finds the customer who calls.
                Condition: DeployCustomers
                # Amazon Connect waits 8 s at the most.
                Timeout: 8
                Connect: ConnectCustomers
                Output: Put this ARN into the contact flow's block that looks the caller up.
                Uses: [Salesforce]
                Variables:
                  CUSTOMER_TABLE: !Ref CustomerTable
                Rights:
                  - Effect: Allow
                    Action: [dynamodb:GetItem, dynamodb:PutItem]
                    Resource: !GetAtt CustomerTable.Arn

            Tables:
              # Customers by number.
              CustomerTable: DeployCustomers

            """
        let root = [
            (", voice]", ", voice, customers]"),
            ("          - !Equals [!Ref Jokebox, ", "          - !Equals [!Ref Customers, \"true\"]\n"),
            ("Switch on one at least of ", "Switch on one at least of Customers, "),
        ]
        #expect(group.split(separator: "\n", omittingEmptySubsequences: false).count + root.count <= 40)
        let project = try Self.project(
            root.map { ("stacks/root.yaml", $0.0, $0.1.hasSuffix("\n") ? $0.1 + $0.0 : $0.1) })
        try project.add("stacks/customers.yaml", group)
        let text = try #require(try project.project.assembledTemplate())
        #expect(
            text.contains(
                "\n          default: \"Customers: FindCustomer\"\n        Parameters:\n          - Customers\n"))
        try await lint(text, in: project)
    }

    private func lint(_ text: String, in project: TemporaryProject) async throws {
        try project.add("template.yaml", text)
        let lint = Tool(path: project.root.appending(path: ".venv/bin/cfn-lint").path)
        let output = try await lint.run(["template.yaml"], in: project.root, within: .seconds(120))
        #expect(output.status == 0, "\(output.text)")
    }

    @Test(arguments: [
        ("stacks/guide.yaml", "Timeout: 8", "Timeout: soon", "SendEmail needs a Condition,"),
        ("stacks/guide.yaml", "    Timeout: 8", "    Timeuot: 8", "SendEmail has Timeuot; it may have Alexa,"),
        ("stacks/guide.yaml", "Uses: [Id", "Uses: [Nothing, Id", "SendEmail uses Nothing; there are"),
        ("stacks/guide.yaml", "Rules:\n", "Rulez:\n", "there is no section Rulez; there are Conditions,"),
        ("stacks/guide.yaml", "  EmailFrom:", "  EmailFrom\n  A:", "neither JSON nor YAML"),
        ("stacks/voice.yaml", "  VoiceEnroll:", "  GuideMessages:", "GuideMessages is there already: see"),
        ("stacks/voice.yaml", "  VoiceTable:", "  JokeboxTable:", "JokeboxTable is there already"),
        ("stacks/voice.yaml", "      Id: VoiceSweep\n", "", "Schedule needs an Id, a Rate and a Description"),
        (
            "stacks/contact-metrics.yaml", "        Rate: rate(1 minute)\n", "",
            "MetricsRealtime needs a Rate and a Description"
        ),
        (
            "stacks/contact-metrics.yaml", "    Schedules:\n", "    Schedule:\n      Id: One\n    Schedules:\n",
            "ConnectMetrics has Schedule and Schedules: put all into Schedules"
        ),
        ("stacks/root.yaml", ", voice]", "]", "stacks/voice.yaml is not among the Groups of stacks/root.yaml"),
        ("stacks/patterns/function.mustache", "{{/Output}}", "", "the section Output is not closed"),
        ("stacks/patterns/function.mustache", "{{Timeout}}", "{{Timeouts}}", "The field Timeouts is missing"),
    ])
    func `what is wrong in stacks is said with its place`(path: String, old: String, new: String, says: String) throws {
        let project = try Self.project([(path, old, new)])
        #expect { try project.project.assembledTemplate() } throws: { "\($0)".contains(says) }
    }

    @Test func `a reference to a table holds for one that was given too, and to nothing else`() {
        let arn = #"!Sub "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TableName}""#
        for (text, expected) in [
            ("A: !Ref Table", "A: !If [HasTable, !Ref TableName, !Ref Table]"),
            ("A: [!Ref Table, !Ref Other]", "A: [!If [HasTable, !Ref TableName, !Ref Table], !Ref Other]"),
            ("A: !GetAtt Table.Arn", "A: !If [HasTable, \(arn), !GetAtt Table.Arn]"),
            ("A: !GetAtt Table.StreamArn", "A: !GetAtt Table.StreamArn"), ("A: !Ref TableName", "A: !Ref TableName"),
            ("A: !Ref MyTable", "A: !Ref MyTable"), ("DependsOn: Table", "DependsOn: Table"),
        ] {
            #expect(StackTable.references(in: text, to: ["Table"]) == expected)
        }
    }

    @Test func `conditions of what functions share are met by any of those functions, however many they are`() throws {
        let functions = (1...12).map { number in
            """
              F\(number):
                Description: A function.
                Condition: C\(number)
                Timeout: 1
                Uses: [IdempotencyTable]

            """
        }.joined(separator: "\n")
        let project = try Self.project([("stacks/jokebox.yaml", "Functions:\n", "Functions:\n\(functions)\n")])
        let text = try #require(try project.project.assembledTemplate())
        let template = try Template(Array(text.utf8))
        var terms: [JSONValue] = [try #require(template.conditions["DeployIdempotencyTable"])]
        var names: Set<String> = []
        while let term = terms.popLast() {
            if let name = term["Condition"]?.string { names.insert(name) }
            let operands = term["Fn::Or"]?.array ?? []
            #expect(operands.count <= 10)
            terms += operands
        }
        #expect(
            names
                == Set((1...12).map { "C\($0)" }).union([
                    "DeployGuideMessages", "DeployAlexaCrm", "DeployConnectCrm", "DeployContactRecords",
                ]))
    }

    @Test func `the command prints the template, writes it, and the doctor sees one that is old`() async throws {
        let project = try Self.project()
        let printed = try CommandRun(["template"], in: project.root)
        printed.wait()
        #expect(printed.output == (try Self.text("template.yaml")))
        try project.add("template.yaml", printed.output + "\n")
        let check = TemplateCheck(project: project.project)
        let says = Finding.mend(
            "template", "template.yaml is not what stacks/ comes to: run switchboard template --write")
        #expect(await check.findings().contains(says))
        let written = try CommandRun(["template", "--write"], in: project.root)
        written.wait()
        #expect(written.status == 0 && written.output.isEmpty && project.text("template.yaml") == printed.output)
        #expect(await !check.findings().contains(says))
        let other = try TemporaryProject()
        let refused = try CommandRun(["template"], in: other.root)
        refused.wait()
        #expect(refused.status != 0 && refused.errors.contains("There is no stacks/"))
    }
}
