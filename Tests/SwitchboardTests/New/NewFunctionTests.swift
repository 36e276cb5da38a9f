import Foundation
import JSON
import TestSupport
import Testing

@testable import switchboard

/// The files that `switchboard new` writes, into a copy of what it reads of the project.
@Suite(.takingTurns) struct NewFunctionTests {
    private static let copied = [
        "Package.swift", ".swift-format", "docs/configuration.md", "docs/permissions.md",
    ]

    private static let stack = """
        Switch: Guide

        Parameters:
          Guide: {Type: String, Default: "false"}

        Conditions:
          DeployGuide: !Equals [!Ref Guide, "true"]
          ConnectGuide: !And [!Condition HasConnectInstance, !Condition DeployGuide]

        Functions:
          Other:
            Description: Another.
            Condition: DeployGuide
            Timeout: 8
            Connect: ConnectGuide

        # What is left.
        Resources:
          Queue:
            Type: AWS::SQS::Queue

        """

    static let combinations: [NewFunction] = NewFunction.Channel.allCases.flatMap { channel in
        [(false, false), (true, false), (false, true), (true, true)].map { salesforce, table in
            NewFunction(name: "GeneratedExample", channel: channel, hasSalesforce: salesforce, hasTable: table)
        }
    }

    private func copy() throws -> TemporaryProject {
        let project = try TemporaryProject()
        let names = Files.names(in: TestProcess.root.appending(path: NewFiles.templates))
        try #require(names.count > 5)
        for path in Self.copied + names.map({ "\(NewFiles.templates)/\($0)" }) {
            try project.add(path, String(contentsOf: TestProcess.root.appending(path: path), encoding: .utf8))
        }
        for group in ["guide", "crm", "recordings"] { try project.add("stacks/\(group).yaml", Self.stack) }
        return project
    }

    private func changes(_ function: NewFunction, in project: Project) async throws -> NewChanges {
        try function.check(in: project)
        var changes = NewChanges(try NewFiles(function: function, project: project).changes(), in: project.root)
        try await changes.format()
        return changes
    }

    @Test func `each combination passes swift format's lint and has an expectation for its event`() async throws {
        let temporary = try copy()
        let swift = try #require(Tool("swift"))
        var paths: [String] = []
        for (index, function) in Self.combinations.enumerated() {
            let changes = try await changes(function, in: temporary.project)
            for (path, text) in changes.texts where path.hasSuffix(".swift") {
                let copy = "lint/\(index)/\(path)"
                try temporary.add(copy, text)
                paths.append(copy)
                #expect(!text.contains("{{") && !text.contains("\n\n\n"), "\(path)")
            }
            for (path, text) in changes.texts where path.hasSuffix(".json") {
                _ = try JSONValue(parsing: Array(text.utf8))
                #expect(!text.contains("{{"), "\(path)")
            }
            let expected = try #require(changes.texts["events/GeneratedExample/expected.json"])
            let names = try JSONValue(parsing: Array(expected.utf8)).object?.keys.map { $0 }
            #expect(names == [function.event])
            #expect(changes.texts["events/GeneratedExample/\(function.event).json"] != nil)
        }
        let lint = try await swift.run(
            ["format", "lint", "--strict", "--configuration", ".swift-format"] + paths, in: temporary.root,
            within: .seconds(300))
        #expect(lint.status == 0, "\(lint.text)")
    }

    @Test func `the row, the test target, the pages and the stack's entry are where they belong`() async throws {
        let temporary = try copy()
        let function = NewFunction(name: "GeneratedExample", channel: .connect, hasSalesforce: true, hasTable: true)
        let texts = try await changes(function, in: temporary.project).texts
        let package = try #require(texts["Package.swift"])
        #expect(
            package.contains(
                #"    Function("GeneratedExample", ["AmazonConnect", "AWS", "Calling", "HTTPClient", "Salesforce"]),"#))
        let tests =
            #/tests\(\s*"GeneratedExampleTests",\s*\["AmazonConnect", "GeneratedExample", "JSON", "LambdaRuntime", "LocalServices", "Settings"\]/#
        #expect(package.contains(tests))
        let configuration = try #require(texts["docs/configuration.md"])
        #expect(configuration.contains(#/\n## Salesforce \([^)]*, GeneratedExample\)\n/#))
        #expect(configuration.hasSuffix("\n| `GENERATED_EXAMPLE_TABLE` | required: counts, for a day |\n"))
        #expect(
            texts["docs/permissions.md"]?.contains(
                "\n| GeneratedExample | `dynamodb:GetItem`, `dynamodb:PutItem` | GeneratedExampleTable | counts |\n\n")
                == true)
        #expect(
            texts["stacks/recordings.yaml"]?.hasSuffix(
                """
                    Connect: ConnectGuide

                  GeneratedExample:
                    Description: Tells a contact flow what it asks for.
                    Condition: DeployGuide
                    # Amazon Connect waits 8 s at the most.
                    Timeout: 8
                    Connect: ConnectGuide
                    Output: Put this ARN into the contact flow's block that asks GeneratedExample.
                    Uses: [Salesforce]
                    Variables:
                      GENERATED_EXAMPLE_TABLE: !Ref GeneratedExampleTable
                    Rights:
                      - Effect: Allow
                        Action: [dynamodb:GetItem, dynamodb:PutItem]
                        Resource: !GetAtt GeneratedExampleTable.Arn

                Tables:
                  # What GeneratedExample counts.
                  GeneratedExampleTable: DeployGuide

                # What is left.
                Resources:
                  Queue:
                    Type: AWS::SQS::Queue

                """) == true, "\(texts["stacks/recordings.yaml"] ?? "")")
    }

    @Test(arguments: [
        ("lookup", "lookup is no name for a function"), ("Lookup2", "Lookup2 is no name"), ("ALL", "ALL is no name"),
        ("Scripted", "There is a function Scripted already"), ("salesForce", "salesForce is no name"),
        ("SalesForce", "There is a module Salesforce already"), ("Foundation", "There is a module Foundation already"),
        ("Echo", "There is a module Echo already"), ("Thing", "There is a type of the package Thing already"),
        ("Scripted\u{0}", "is no name for a function"), ("../Up", "is no name for a function"),
    ])
    func `a name that cannot be, or is taken, is refused`(name: String, sentence: String) throws {
        let temporary = try copy()
        try temporary.add("Sources/Services/AWS/Thing.swift", "")
        let error = #expect(throws: Refusal.self) { try NewFunction(name: name).check(in: temporary.project) }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    }

    @Test func `it is written whole or not at all`() throws {
        let temporary = try copy()
        try temporary.add("a/kept.txt", "before")
        try temporary.add("z", "a file, where a folder is wanted")
        let changes = NewChanges(["a/kept.txt": "after", "b/c/new.txt": "x", "z/new.txt": "x"], in: temporary.root)
        let error = #expect(throws: Refusal.self) { try changes.write() }
        #expect(error?.description.hasPrefix("Nothing was written. ") == true)
        #expect(error?.description.contains("NSCocoaErrorDomain") == false, "\(error?.description ?? "")")
        #expect(temporary.text("a/kept.txt") == "before")
        #expect(!Files.isFolder(temporary.root.appending(path: "b")))
        try NewChanges(["a/kept.txt": "after", "b/c/new.txt": "x"], in: temporary.root).write()
        #expect(temporary.text("a/kept.txt") == "after" && temporary.text("b/c/new.txt") == "x")
    }

    @Test func `the command says what it wrote and what to do next, and refuses to do it twice`() throws {
        let temporary = try copy()
        let run = try CommandRun(["new", "GeneratedExample", "--http"], in: temporary.root)
        run.wait()
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.output.hasPrefix(
                """
                Wrote:
                  Package.swift
                  Sources/Functions/GeneratedExample/GeneratedExample.swift
                  Tests/GeneratedExampleTests/GeneratedExampleTests.swift
                  events/GeneratedExample/01-get.json
                  events/GeneratedExample/expected.json
                  stacks/guide.yaml

                Next:
                  ./build.sh GeneratedExample

                """), "\(run.output)")
        #expect(
            temporary.text("Sources/Functions/GeneratedExample/GeneratedExample.swift")?.contains(
                "GET /generated-example")
                == true)
        let again = try CommandRun(["new", "GeneratedExample"], in: temporary.root)
        again.wait()
        #expect(again.status == 1 && again.errors.contains("There is a function GeneratedExample already"))
        let both = try CommandRun(["new", "Other", "--http", "--alexa"], in: temporary.root)
        both.wait()
        #expect(both.status == 64)
        let stray = try CommandRun(["new", "OtherThing", "--group", "giude"], in: temporary.root)
        stray.wait()
        #expect(stray.errors == "Error: There is no group giude. Did you mean guide?\n")
    }

    @Test func `template.yaml is made again, with the function in its group`() throws {
        let temporary = try copy()
        for folder in ["stacks", "stacks/patterns", "integrations/connect"] {
            for name in Files.names(in: TestProcess.root.appending(path: folder)) where name.contains(".") {
                let file = TestProcess.root.appending(path: "\(folder)/\(name)")
                try temporary.add("\(folder)/\(name)", String(contentsOf: file, encoding: .utf8))
            }
        }
        for (name, flags) in [
            ("LookUpOne", ["--connect", "--salesforce", "--table"]), ("LookUpTwo", ["--http"]),
            ("LookUpThree", ["--alexa", "--table"]), ("LookUpFour", ["--schedule"]),
        ] {
            let run = try CommandRun(["new", name] + flags, in: temporary.root)
            run.wait()
            #expect(run.status == 0 && run.output.contains("\n  template.yaml\n"), "\(run.errors)")
            let template = try #require(try temporary.project.template())
            #expect(template.code[name] == "dist/\(name).zip")
        }
        #expect(
            try temporary.project.template()?.variables(of: "LookUpThree")?["ALEXA_SKILL_ID"] == "amzn1.ask.skill.none")
    }
}
