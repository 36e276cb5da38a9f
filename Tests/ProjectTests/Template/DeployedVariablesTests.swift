import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import switchboard

/// The variables that functions run with on this machine: template.yaml's, overridden by a file's.
struct DeployedVariablesTests {
    private static let text = """
        Parameters:
          Group: {Type: String, Default: "false"}
          Kind: {Type: String, Default: plain}
          Given: {Type: String, Default: ""}
          Seconds: {Type: Number, Default: 007}
        Conditions:
          DeployGroup: !Equals [!Ref Group, "true"]
          DeployAll: !And [!Condition DeployGroup, !Not [!Condition HasGiven]]
          HasGiven: !Not [!Equals [!Ref Given, ""]]
        Globals:
          Function:
            Environment:
              Variables: {EVERYWHERE: "yes", KIND: overridden}
        Resources:
          Table: {Type: AWS::DynamoDB::Table}
          Scripted:
            Type: AWS::Serverless::Function
            Condition: DeployGroup
            Metadata:
              LocalVariables: [PLAIN_SECRET]
            Properties:
              Environment:
                Variables:
                  KIND: !Ref Kind
                  EMPTY: !Ref Given
                  NUMBER: !Ref Seconds
                  TABLE: !Ref Table
                  SECRET_ARN: !If [HasGiven, !Ref Given, !GetAtt Secret.Arn]
                  URL: !If [HasGiven, !Ref Given, "https://example.com"]
                  SWITCHED: !If [DeployAll, "on", "off"]
                  NAME: !Sub "${AWS::StackName}-${Kind}-${Own}-${!kept}"
                  HALF: !Sub "${Kind}/${Table.Arn}"
                  JOINED: !Join ["/", [!Ref Kind, {"Ref": "Seconds"}]]
                  NOTHING: !Ref AWS::NoValue
        """

    private func template() throws -> Template {
        let text = Self.text.replacing(
            #"!Sub "${AWS::StackName}-${Kind}-${Own}-${!kept}""#,
            with: #"!Sub ["${AWS::StackName}-${Kind}-${Own}-${!kept}", {Own: !Ref Seconds}]"#)
        return try Template(Array(text.utf8))
    }

    private func file(_ text: String) throws -> EnvironmentFile {
        try EnvironmentFile(Array(text.utf8), named: "env.json", function: "Scripted")
    }

    @Test func `what is known before a deployment is taken, what takes a resource is left out`() throws {
        #expect(
            try template().variables(of: "Scripted") == [
                "EVERYWHERE": "yes", "KIND": "plain", "NUMBER": "007", "URL": "https://example.com", "SWITCHED": "on",
                "NAME": "switchboard-plain-007-${kept}", "JOINED": "plain/007",
            ])
        #expect(try template().variables(of: "Another") == nil)
    }

    @Test func `a file's values lie over the template's, also those of resources`() throws {
        let variables = try template().variables(
            of: "Scripted",
            with: file(#"{"KIND":"own","TABLE":"mine","NUMBER":"","PLAIN_SECRET":"s","AWS_REGION":"r"}"#))
        #expect(variables?["KIND"] == "own" && variables?["TABLE"] == "mine" && variables?["PLAIN_SECRET"] == "s")
        #expect(variables?["NUMBER"] == "" && variables?["AWS_REGION"] == "r" && variables?["SWITCHED"] == "on")
    }

    @Test func `a variable that is not declared for the function is refused by its name`() throws {
        let project = try TemporaryProject()
        let function = try Project(root: project.root).function(named: "Scripted")
        try project.add("template.yaml", Self.text)
        try project.add("events/Scripted/env.json", #"{"Scripted":{"KINDD":"x","KIND":"y"}}"#)
        #expect { try Project(root: project.root).variables(of: function) } throws: {
            "\($0)".hasPrefix("env.json gives Scripted KINDD, which template.yaml does not declare for it: correct")
        }
        // A file given for one run is accepted unchanged.
        let given = project.root.appending(path: "events/Scripted/env.json")
        #expect(try Project(root: project.root).variables(of: function, given: given)?["KINDD"] == "x")
        let shared = try template().variables(of: "Scripted", with: file(#"{"Parameters":{"KINDD":"x","KIND":"y"}}"#))
        #expect(shared?["KIND"] == "y" && shared?["KINDD"] == nil)
    }

    @Test func `a call's variables go to who declares them, and a chosen name that nobody has is refused`() throws {
        let project = try TemporaryProject()
        try project.add("template.yaml", Self.text)
        let needs = try CallSession.needs(Project(root: project.root), ["KIND": "own", "OTHER": "x"], chosen: ["KIND"])
        #expect(needs.map(\.function.name) == ["Scripted"])
        #expect(needs.first?.variables["KIND"] == "own" && needs.first?.variables["OTHER"] == nil)
        #expect { try CallSession.needs(Project(root: project.root), ["OTHER": "x"], chosen: ["OTHER"]) } throws: {
            "\($0)".hasPrefix("--set OTHER: template.yaml declares it for no function")
        }
    }

    @Test func `what is no template is refused, none at all leaves the file alone`() throws {
        #expect { try Template(Array("a: [".utf8)) } throws: { "\($0)".contains("template.yaml is neither") }
        #expect { try Template(Array("Description: x".utf8)) } throws: { "\($0)".contains("it has no Resources") }
        let project = try TemporaryProject()
        let function = try Project(root: project.root).function(named: "Scripted")
        #expect(try Project(root: project.root).variables(of: function) == nil)
        try project.add("events/Scripted/env.json", #"{"ANY":"1"}"#)
        #expect(try Project(root: project.root).variables(of: function) == ["ANY": "1"])
        try project.add("template.yaml", "Resources: {Other: {Type: AWS::Serverless::Function}}")
        #expect(try Project(root: project.root).variables(of: function) == ["ANY": "1"])
    }

    @Test func `the project's own functions get what AWS's transform gives them`() throws {
        let template = try #require(try Project(root: TestProcess.root).template())
        let groups = Dictionary(TemplateGroup.allCases.map { ($0.parameter, "true") }) { $1 }
        let stack = try #require(SAMTransform.stacks([groups]).first)
        for function in stack.properties(of: "AWS::Lambda::Function").keys {
            #expect(template.variables(of: function) == stack.variables(of: function).compactMapValues(\.string))
        }
    }

    @Test func `what functions may be told is what the documentation says`() throws {
        let documented = try DocumentedVariables()
        let template = try #require(try Project(root: TestProcess.root).template())
        #expect(template.functions.count >= 8)
        for function in template.functions.keys {
            #expect(template.declared(by: function) == documented.allNames(of: function), "\(function)")
        }
    }

    @Test func `every file of variables gives what its function is declared to have`() throws {
        let project = Project(root: TestProcess.root)
        for function in project.functions {
            let file = try function.environmentFile.map { try EnvironmentFile($0, function: function.name).values }
            let variables = try project.variables(of: function)
            #expect(variables == variables?.merging(file ?? [:]) { $1 }, "\(function.name)")
        }
    }
}
