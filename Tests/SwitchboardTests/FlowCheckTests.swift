import Foundation
import LambdaRuntime
import Testing

@testable import switchboard

@Suite struct FlowCheckTests {
    private static let answers: [String: Set<String>] = ["Asker": ["Branch"], "Sender": ["status"]]

    /// A flow that asks a function and branches on what it answers, with something changed.
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

    @Test(arguments: ["0", "9", "", "eight"]) func `a Lambda block has a limit of one to eight seconds`(limit: String)
        throws
    {
        let faults = try Self.flow {
            $0[0]["Parameters"] = ["LambdaFunctionARN": "${Asker.Arn}", "InvocationTimeLimitSeconds": limit]
        }
        #expect(faults.contains { $0.hasPrefix("\"Ask\" needs InvocationTimeLimitSeconds") })
    }

    @Test func `a Lambda block needs an error branch`() throws {
        let faults = try Self.flow { $0[0]["Transitions"] = ["NextAction": "Branch"] }
        #expect(faults.contains("\"Ask\" has no branch for NoMatchingError: the contact would be lost."))
    }

    @Test func `two actions of one identifier, one that is not reached and one that is not there are named`() throws {
        #expect(try Self.flow { $0.append($0[3]) } == ["\"End\" is the identifier of two actions."])
        #expect(
            try Self.flow { $0.append(Self.action("Island", "DisconnectParticipant", [:])) }
                == ["\"Island\" cannot be reached from the start."])
        #expect(
            try Self.flow { $0[2] = Self.action("Sorry", "MessageParticipant", ["Text": "a"], next: "Nowhere") }
                == ["\"Sorry\" leads to \"Nowhere\", which is not there.", "\"End\" cannot be reached from the start."])
        #expect(
            try Self.flow {
                $0[2] = Self.action("Sorry", "MessageParticipant", ["Text": "a"], errors: ["NoMatchingError": "End"])
            }
                == ["\"Sorry\" has no NextAction."])
    }

    @Test func `an action that ends the flow has a NextAction when it can fail`() throws {
        let transfer = { (next: String?) in
            Self.action(
                "Sorry", "TransferToFlow", ["ContactFlowId": "f"], next: next, errors: ["NoMatchingError": "End"])
        }
        #expect(try Self.flow { $0[2] = transfer(nil) } == ["\"Sorry\" has no NextAction."])
        #expect(try Self.flow { $0[2] = transfer("End") } == [])
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

    @Test(arguments: [
        "${Unknown.Arn}", "${Account}", "{{LAMBDA_ARN}}", "<your-queue>", "REPLACE_ME", "see TODO", "[AWS ACCOUNT ID]",
        "arn:aws:lambda:eu-west-1:123456789012:function:x", "mail@example.com", "+12065550100",
        "arn:aws:lambda:eu-west-1:REPLACE_ME:function:x", "arn:aws:lambda:REGION:210987654321:function:x",
        "arn:aws:lambda:eu-west-1:[account]:function:x", "arn:aws:lambda:eu-west-1:ACCOUNT_ID:function:x",
        "arn:aws:lambda:eu-west-1:xxxxxxxxxxxx:function:x", "$LAMBDA_ARN", "%LAMBDA_ARN%", "__LAMBDA_ARN__",
        "INSERT_ARN_HERE", "arn:aws:lambda:eu-west-1:210987654321:function:REPLACE_ME",
    ]) func `a placeholder is a fault`(text: String) throws {
        #expect(
            try Self.flow { $0[2]["Parameters"] = ["Text": text] }.contains { $0.hasPrefix("A placeholder is left") })
    }

    @Test(arguments: [
        "<speak>Hello <break time=\"1s\"/> <emphasis>you</emphasis></speak>", "${QueueArn}", "${Sender.Arn}", "1 < 2",
        "Choose [1] or [2].", "arn:aws:lambda:eu-west-1:210987654321:function:x", "arn:aws:s3:::bucket/key",
        "arn:aws-us-gov:connect:us-gov-west-1:210987654321:instance/x/queue/y",
        "It is $.Attributes.NAME, $5 or 10% off.",
    ]) func `markup, variables and prose are no placeholders`(text: String) throws {
        #expect(try Self.flow { $0[2]["Parameters"] = ["Text": text] } == [])
    }

    @Test func `a flow is rendered with every value or not at all`() throws {
        let json: JSONValue = ["a": ["${QueueArn}", "x-${Asker.Arn}-${QueueArn}"]]
        #expect(
            try FlowVariables.filled(json, ["QueueArn": "q\"", "Asker.Arn": "f"]) == ["a": ["q\"", "x-f-q\""]])
        #expect(throws: Refusal.self) { try FlowVariables.filled(json, ["QueueArn": "q"]) }
    }
}
