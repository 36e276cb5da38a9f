import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import switchboard

@Suite struct FlowCheckTests {
    private static let answers: [String: Set<String>] = ["Asker": ["Branch"], "Sender": ["status"]]

    /// Returns the faults of a flow that invokes a function and branches on its response, with a change.
    private static func flow(_ change: (inout [[String: Any]]) -> Void = { _ in }) throws -> [String] {
        var actions: [[String: Any]] = [
            action(
                "Ask", "InvokeLambdaFunction",
                [
                    "LambdaFunctionARN": "${Asker.Arn}", "InvocationTimeLimitSeconds": "8",
                    "ResponseValidation": ["ResponseType": "STRING_MAP"],
                ], next: "Branch", errors: ["NoMatchingError": "Sorry"]),
            action(
                "Branch", "Compare", ["ComparisonValue": "$.External.Branch"], next: "Sorry",
                errors: ["NoMatchingCondition": "Sorry"]),
            action("Sorry", "MessageParticipant", ["Text": "Sorry."], next: "End"),
            action("End", "DisconnectParticipant", [:]),
        ]
        change(&actions)
        let document: [String: Any] = [
            "Version": "2019-10-30", "StartAction": "Ask", "Metadata": [:], "Actions": actions,
        ]
        let bytes = Array(try JSONSerialization.data(withJSONObject: document))
        return FlowCheck(flow: try ContactFlow(bytes, named: "test"), answers: answers).faults
    }

    private static func action(
        _ name: String, _ type: String, _ parameters: [String: Any], next: String? = nil, errors: [String: String] = [:]
    ) -> [String: Any] {
        var transitions: [String: Any] = [
            "Errors": errors.sorted { $0.key < $1.key }.map { ["ErrorType": $0.key, "NextAction": $0.value] }
        ]
        transitions["NextAction"] = next
        return ["Identifier": name, "Type": type, "Parameters": parameters, "Transitions": transitions]
    }

    @Test func `a sound flow has no faults`() throws {
        #expect(try Self.flow() == [])
    }

    @Test func `two actions of one identifier, one that is not reached and one that is not there are named`() throws {
        #expect(try Self.flow { $0.append($0[3]) } == ["\"End\" is the identifier of two actions."])
        #expect(
            try Self.flow { $0.append(Self.action("Island", "DisconnectParticipant", [:])) }
                == ["\"Island\" cannot be reached from the start: lead to it, or take it out."])
        #expect(
            try Self.flow { $0[2] = Self.action("Sorry", "MessageParticipant", ["Text": "a"], next: "Nowhere") }
                == [
                    "\"Sorry\" (MessageParticipant) leads to \"Nowhere\", which is not there.",
                    "\"End\" cannot be reached from the start: lead to it, or take it out.",
                ])
        #expect(
            try Self.flow {
                $0[2] = Self.action("Sorry", "MessageParticipant", ["Text": "a"], errors: ["NoMatchingError": "End"])
            }
                == ["\"Sorry\" (MessageParticipant) has no NextAction: add one to its Transitions."])
    }

    @Test func `External is read only where the function before answers that name`() throws {
        #expect(
            try Self.flow { $0[1]["Parameters"] = ["ComparisonValue": "$.External.status"] }
                == ["\"Branch\" reads $.External.status, which Asker does not answer."])
        #expect(
            try Self.flow { $0[2]["Parameters"] = ["Text": "It is $.External.Branch now."] }
                == ["\"Sorry\" reads $.External.Branch where no function has answered."])
        #expect(
            try Self.flow { $0[1]["Parameters"] = ["ComparisonValue": "$.External['status']"] }
                == ["\"Branch\" reads $.External.status, which Asker does not answer."])
        // Another function in between overwrites it.
        let send = Self.action(
            "Send", "InvokeLambdaFunction",
            [
                "LambdaFunctionARN": "arn:aws:lambda:eu-west-1:210987654321:function:stack-Sender-4F",
                "InvocationTimeLimitSeconds": "8",
            ],
            next: "Branch", errors: ["NoMatchingError": "Sorry"])
        let faults = try Self.flow { actions in
            actions[0]["Transitions"] = [
                "NextAction": "Send", "Errors": [["ErrorType": "NoMatchingError", "NextAction": "Sorry"]],
            ]
            actions.append(send)
        }
        #expect(faults == ["\"Branch\" reads $.External.Branch, which Sender does not answer."])
    }

    @Test func `a flow has at most 250 actions`() throws {
        let flow = { (count: Int) in
            try FlowCheck(
                (1..<count).map { number in
                    var message = try BlockDraft("MessageParticipant")
                    message.identifier = String(number)
                    message.next = String(number + 1)
                    return message.action
                } + [["Identifier": .string(String(count)), "Type": "DisconnectParticipant"]]
            ).faults
        }
        #expect(try flow(250) == [])
        #expect(try flow(251) == ["There are 251 actions, and a flow may have 250: move some to a module."])
    }

    @Test(arguments: [
        "a%b", "a:b", "a(b", "a\\b", "a/b", "a)b", "a=b", "a$b", "a,b", "a;b", "a[b", "a]b", "a{b", "a}b",
    ])
    func `an identifier has no character that Amazon Connect refuses`(identifier: String) throws {
        #expect(try Self.named("a b. é") == [])
        #expect(try Self.named(identifier).count == 1)
    }

    @Test func `an identifier has at most 50 characters`() throws {
        #expect(try Self.named(String(repeating: "é", count: 50)) == [])
        #expect(try Self.named(String(repeating: "é", count: 51)).count == 1)
    }

    private static func named(_ identifier: String) throws -> [String] {
        var block = try BlockDraft("MessageParticipant")
        block.identifier = identifier
        return try block.check.faults
    }

    @Test(arguments: [
        "__proto__", "constructor", "__defineGetter__", "__defineSetter__", "toString", "hasOwnProperty",
        "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "valueOf",
    ])
    func `an identifier is not a name that Amazon Connect forbids`(identifier: String) throws {
        let faults = try Self.named(identifier)
        #expect(faults == ["\"\(identifier)\" is an identifier that Amazon Connect forbids: give it another."])
        #expect(try Self.named(identifier.uppercased()) == [])
        #expect(try Self.named("my \(identifier)") == [])
    }

    /// Returns the faults of a flow with one action, as text.
    private static func written(_ action: String) throws -> [String] {
        let text = #"{"Version":"2019-10-30","StartAction":"a","Actions":["# + action + "]}"
        return FlowCheck(flow: try ContactFlow(Array(text.utf8), named: "test"), answers: [:]).faults
    }

    @Test func `a member that is there twice is named with its place`() throws {
        let end = #""Type":"DisconnectParticipant""#
        #expect(try Self.written(#"{"Identifier":"a",\#(end)}"#) == [])
        #expect(
            try Self.written(#"{"Identifier":"a",\#(end),\#(end),\#(end)}"#)
                == ["\"a\" (DisconnectParticipant) has Type twice: keep one."])
        let text =
            #"{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"1","Text":"2"},"#
            + #""Transitions":{"NextAction":"a","NextAction":"a"}}"#
        #expect(
            try Self.written(text) == [
                "\"a\" (MessageParticipant) has Parameters.Text twice: keep one.",
                "\"a\" (MessageParticipant) has Transitions.NextAction twice: keep one.",
            ])
        #expect(
            try Self.written(#"{"Identifier":"a",\#(end)}],"Metadata":{"a":1,"a":2},"Version":"2019-10-30","b":[0"#)
                == [
                    "Metadata.a is in the file twice: keep one.", "Version is in the file twice: keep one.",
                ])
    }

    @Test(arguments: [
        (#"{"Identifier":1,"Type":"DisconnectParticipant"}"#, "Identifier as a text"),
        (#"{"Identifier":"a","Type":["DisconnectParticipant"]}"#, "Type as a text"),
        (#"{"Identifier":"a","Type":"DisconnectParticipant","Parameters":[]}"#, "Parameters as an object"),
        (#"{"Identifier":"a","Type":"DisconnectParticipant","Transitions":"a"}"#, "Transitions as an object"),
        (
            #"{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"a"},"Transitions":{"NextAction":"a","#
                + #""Errors":{"NoMatchingError":"a"}}}"#, "Transitions.Errors as a list"
        ),
        (
            #"{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"a"},"Transitions":{"NextAction":"a","#
                + #""Conditions":[{"NextAction":"a","Condition":{"Operator":"Equals","Operands":"1"}}]}}"#,
            "Condition.Operands of its Conditions as a list"
        ), ("7", "is no JSON object"),
    ])
    func `a member of another JSON type is named`(action: String, name: String) throws {
        let faults = try Self.written(action)
        #expect(faults.contains { $0.contains(name) }, "\(faults)")
    }

    @Test func `without the start it says so, and not that nothing is reached`() throws {
        let text =
            #"{"Version":"2019-10-30","StartAction":"b","Actions":[{"Identifier":"a","Type":"EndFlowExecution"}]}"#
        let flow = try ContactFlow(Array(text.utf8), named: "test")
        #expect(FlowCheck(flow: flow, answers: [:]).faults == ["StartAction names no action: \"b\"."])
    }

    @Test func `an action without an identifier is named by its place`() throws {
        #expect(
            try Self.written(#"{"Identifier":"a","Type":"DisconnectParticipant"},{"Type":"DisconnectParticipant"}"#)
                == ["Action 2 of the file has no identifier."])
    }

    @Test(arguments: [
        ("<speak>Costs <say-as interpret-as=\"currency\">$5</say-as> &amp; more</speak>", true),
        (
            " <speak>\n<break time='1s'/> <amazon:effect name=\"whispered\">$.Attributes.name</amazon:effect></speak>",
            true
        ),
        ("$.Attributes.speech", true), ("${Speech}", true), ("<speak>a & b</speak>", false), ("<speak>a", false),
        ("<speak>a <break time=1s/></speak>", false), ("<speak>a <b>c</speak></b>", false), ("Hello.", false),
        ("<p>Hello.</p>", false), ("<speak/><speak/>", false), ("<speak>&nbsp;</speak>", false),
    ])
    func `SSML is well-formed, in prompts and in loops of them`(ssml: String, isFine: Bool) throws {
        let once = try BlockDraft("MessageParticipant", [.no("Text"), .with("SSML", .string(ssml))]).check
        let loop = try BlockDraft("MessageParticipantIteratively", [.with("Messages", [["SSML": .string(ssml)]])]).check
        for faults in [once.faults, loop.faults] {
            let about = faults.filter { $0.contains("SSML") }
            #expect(about.isEmpty == isFine, "\(ssml): \(faults)")
        }
    }

    @Test(arguments: ["$.CustomerEndpoint.Address", "$['SystemEndpoint']['Address']", "$.SystemEndpoint"])
    func `a guide does not read the call's numbers from its own contact`(reference: String) throws {
        let reading = try BlockDraft("UpdateContactAttributes", [.with("Attributes", ["n": .string(reference)])])
        #expect(try reading.check.faults == [])
        var guide = reading
        var view = try BlockDraft("ShowView")
        view.identifier = "view"
        (guide.next, guide.others) = ("view", [view.action])
        let faults = try guide.check.faults
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("\"it\" (UpdateContactAttributes) reads $.") == true, "\(faults)")
    }

    @Test func `flows as files are refused and taken as Amazon Connect does it`() throws {
        for (folder, isTaken) in [("refused", false), ("taken", true)] {
            let folder = TestProcess.root.appending(path: "Tests/SwitchboardTests/Flow/\(folder)")
            let names = Files.names(in: folder)
            #expect(!names.isEmpty)
            for name in names {
                let flow = try ContactFlow(Files.read(folder.appending(path: name), "contact flow"), named: name)
                let faults = FlowCheck(flow: flow, answers: Self.answers).faults
                #expect(faults.isEmpty == isTaken, "\(name): \(faults)")
            }
        }
    }

    @Test func `the flows of integrations-connect have no faults`() throws {
        let project = Project(root: TestProcess.root)
        let answers = try FunctionResponses.all(in: project)
        for url in project.flows {
            let flow = try ContactFlow(Files.read(url, "contact flow"), named: url.lastPathComponent)
            #expect(FlowCheck(flow: flow, answers: answers).faults == [], "\(url.lastPathComponent)")
        }
    }

    @Test func `the template says what type our flows are deployed as`() throws {
        let template = try #require(try Project(root: TestProcess.root).template())
        #expect(template.flowType("voice-auth-contact") == .contactFlow)
        #expect(template.flowType("nowhere") == nil)
    }

    @Test func `partition and region are those of an ARN that is given, or are asked for`() throws {
        let json: JSONValue = [
            "a": "arn:${AWS::Partition}:connect:${AWS::Region}:aws:view/cards:1", "b": "${Asker.Arn}",
        ]
        let asker = "arn:aws-cn:lambda:cn-north-1:210987654321:function:Asker"
        #expect(
            try FlowVariables.filled(json, ["Asker.Arn": asker])["a"]
                == "arn:aws-cn:connect:cn-north-1:aws:view/cards:1")
        let given = ["Asker.Arn": asker, "AWS::Region": "eu-west-2", "AWS::Partition": "aws"]
        #expect(try FlowVariables.filled(json, given)["a"] == "arn:aws:connect:eu-west-2:aws:view/cards:1")
        #expect { try FlowVariables.filled(json, [:]) } throws: {
            "\($0)".contains("Asker.Arn") && !"\($0)".contains("AWS::")
        }
        #expect { try FlowVariables.filled(json, ["Asker.Arn": "asker"]) } throws: {
            "\($0)".contains("--set AWS::Partition=…") && "\($0)".contains("--set AWS::Region=…")
        }
    }

    @Test func `a flow is rendered with every value or not at all`() throws {
        let json: JSONValue = ["a": ["${QueueArn}", "x-${Asker.Arn}-${QueueArn}"]]
        #expect(
            try FlowVariables.filled(json, ["QueueArn": "q\"", "Asker.Arn": "f"]) == ["a": ["q\"", "x-f-q\""]])
        #expect(throws: Refusal.self) { try FlowVariables.filled(json, ["QueueArn": "q"]) }
    }
}
