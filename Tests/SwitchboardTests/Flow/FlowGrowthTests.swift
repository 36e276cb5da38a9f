import JSON
import TestSupport
import Testing

@testable import switchboard

/// Flows of any size: a check takes time in proportion to it.
@Suite struct FlowGrowthTests {
    /// A way in which a flow grows.
    struct Shape: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let actions: @Sendable (Int) -> [JSONValue]
        /// The number of steps that are compared with four times as many.
        var size = 150
    }

    private static func action(
        _ name: String, _ type: String = "MessageParticipant", _ parameters: JSONValue = ["Text": "Hello."],
        next: String? = "end", errors: [String] = [], conditions: Int = 0
    ) -> JSONValue {
        .members([
            "Identifier": .string(name), "Type": .string(type), "Parameters": parameters,
            "Transitions": .members([
                "NextAction": next.map { .string($0) },
                "Errors": .array(errors.map { ["ErrorType": "NoMatchingError", "NextAction": .string($0)] }),
                "Conditions": .array(
                    (0..<conditions).map { number in
                        [
                            "NextAction": .string("a\(number)"),
                            "Condition": ["Operator": "Equals", "Operands": [.string("\(number)")]],
                        ]
                    }),
            ]),
        ])
    }

    private static let end = action("end", "DisconnectParticipant", [:], next: nil)

    private static func chain(_ count: Int, _ step: (Int, _ name: String, _ next: String) -> JSONValue) -> [JSONValue] {
        (0..<count).map { step($0, $0 == 0 ? "start" : "a\($0)", $0 == count - 1 ? "end" : "a\($0 + 1)") } + [end]
    }

    private static func one(_ parameters: JSONValue, _ type: String = "MessageParticipant") -> [JSONValue] {
        [action("start", type, parameters), end]
    }

    private static func text(_ count: Int, _ piece: String) -> JSONValue {
        ["Text": .string(String(repeating: piece, count: count))]
    }

    static let shapes = [
        Shape(testDescription: "one long chain", actions: { chain($0) { action($1, next: $2) } }),
        Shape(
            testDescription: "loops back to the start",
            actions: { chain($0) { action($1, next: $2, errors: ["start", "a1"]) } }),
        Shape(
            testDescription: "functions, each read by the next",
            actions: { count in
                chain(count) { number, name, next in
                    action(
                        name, "InvokeLambdaFunction",
                        [
                            "LambdaFunctionARN": .string("${F\(number % 7).Arn}"), "InvocationTimeLimitSeconds": "8",
                            "LambdaInvocationAttributes": ["a": "$.External.b"],
                        ], next: next, errors: ["start"])
                }
            }),
        Shape(
            testDescription: "a fan",
            actions: { count in
                [action("start", "Compare", ["ComparisonValue": "$.Channel"], next: nil, conditions: count)]
                    + (0..<count).map { action("a\($0)") } + [end]
            }),
        Shape(
            testDescription: "actions of one identifier",
            actions: { count in (0..<count).map { _ in action("start") } + [end] }),
        Shape(
            testDescription: "actions that are not reached",
            actions: { count in
                [action("start")] + (0..<count).map { action("a\($0)") } + [end]
            }),
        Shape(
            testDescription: "types that there are not",
            actions: { chain($0) { action($1, "NoSuch\($0)", next: $2) } }),
        Shape(
            testDescription: "attributes that nothing sets",
            actions: { count in
                chain(count) { action($1, next: $2) } + [
                    action(
                        "x", "Compare",
                        ["ComparisonValue": .string((0..<count).map { "$.Attributes.a\($0) " }.joined())])
                ]
            }),
        Shape(
            testDescription: "parameters",
            actions: { count in
                one(
                    ["Attributes": .object(Dictionary((0..<count).map { ("k\($0)", "$.External.v") }) { $1 })],
                    "UpdateContactAttributes")
            }, size: 500),
        Shape(
            testDescription: "lists of lists",
            actions: { count in
                let list = JSONValue.array(Array(repeating: "x", count: count))
                return one(["ViewData": (0..<20).reduce(list) { value, _ in [value] }], "ShowView")
            }, size: 500),
        Shape(
            testDescription: "variables",
            actions: { count in one(["Text": .string((0..<count).map { "${V\($0)}" }.joined())]) }, size: 500),
        Shape(testDescription: "variables that are not closed", actions: { one(text($0, "${a")) }, size: 1000),
        Shape(
            testDescription: "markers", actions: { one(text($0, "{{a}} %NAME% <your name> INSERT_HERE ")) }, size: 200),
        Shape(testDescription: "half a marker", actions: { one(text($0, "{{ %a < [ ")) }, size: 1000),
        Shape(testDescription: "references", actions: { one(text($0, "$.Attributes['a'] $['b")) }, size: 500),
        Shape(
            testDescription: "brackets in an address",
            actions: { count in one(["PromptId": .string(String(repeating: "[", count: count) + "1]")]) }, size: 4000),
        Shape(
            testDescription: "markup",
            actions: { count in
                one(["SSML": .string("<speak>\(String(repeating: "<break/>a ", count: count))</speak>")])
            }, size: 500),
    ]

    private static func flow(_ actions: [JSONValue]) -> [UInt8] {
        JSONValue.object(["Version": "2019-10-30", "StartAction": "start", "Actions": .array(actions)]).bytes
    }

    private static func check(_ bytes: [UInt8]) throws -> Int {
        let answers = Dictionary((0..<7).map { ("F\($0)", ["b"] as Set) }) { $1 }
        let flow = try ContactFlow(bytes, named: "grown")
        let check = FlowCheck(
            flow: flow, answers: answers, type: nil, attributesOfOthers: FlowAttributes([flow]))
        return check.faults.count + check.notes.count + FlowOutline(flow: flow).lines.count
    }

    @Test(arguments: shapes) func `four times the size takes about four times as long`(_ shape: Shape) throws {
        let growth = try Growth.ofFourTimes(shape.size) {
            Self.flow(shape.actions($0))
        } _: { bytes in
            _ = try Self.check(bytes)
        }
        #expect(growth < 9, "\(shape.testDescription): \(growth)")
    }

    @Test func `members that are there twice cost no more than others`() throws {
        let growth = try Growth.ofFourTimes(1000) { count in
            let members =
                (0..<count).flatMap { _ in (0..<2).map { "\"k\($0)\":1" } }
                + (0..<count).flatMap { number in
                    Array(repeating: "\"n\(number)\":1", count: 2)
                }
            let text = String(decoding: Self.flow(Self.one(["X": "Y"])), as: UTF8.self)
            return Array(text.replacing("\"X\":\"Y\"", with: members.joined(separator: ",")).utf8)
        } _: { bytes in
            _ = try Self.check(bytes)
        }
        #expect(growth < 9, "\(growth)")
    }

    @Test(arguments: [
        ("${A}", ["A"]), ("a ${A} b${B}${A}", ["A", "B"]), ("${", []), ("${A", []), ("$A}", []), ("$${A}", ["A"]),
        ("${${A}}", ["${A"]), ("${}", [""]), ("é${é}", ["é"]), ("", []), ("$", []), ("${A}$", ["A"]),
    ]) func `variables are found as Fn Sub finds them`(_ text: String, _ names: [String]) throws {
        #expect(FlowVariables.names(in: text) == names)
        let values = Dictionary(names.map { ($0, "<\($0)>") }) { $1 }
        let filled = try FlowVariables.filled(.string(text), values)
        let wanted = names.reduce(text) { $0.replacing("${\($1)}", with: "<\($1)>") }
        #expect(filled == .string(wanted))
    }
}
