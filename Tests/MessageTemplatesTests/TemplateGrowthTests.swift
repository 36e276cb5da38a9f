import JSON
import MessageTemplates
import Mustache
import TestSupport
import Testing

/// Templates and data of any size: time in proportion to them, and no depth that ends the process.
@Suite struct TemplateGrowthTests {
    /// A way in which a template, its data or both grow.
    struct Shape: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let template: @Sendable (Int) -> String
        var data: @Sendable (Int) -> [String: JSONValue] = { _ in ["a": true, "v": "<x>"] }
    }

    private static func object(_ count: Int) -> JSONValue {
        .object(Dictionary((0..<count).map { ("m\($0)", .string("x")) }) { $1 })
    }

    private static func nested(_ count: Int, _ body: String, _ name: (Int) -> String = { _ in "a" }) -> String {
        (0..<count).map { "{{#\(name($0))}}" }.joined() + body
            + (0..<count).reversed().map { "{{/\(name($0))}}" }.joined()
    }

    private static func rows(_ count: Int, _ row: (Int) -> String) -> String { (0..<count).map(row).joined() }

    static let shapes = [
        Shape(testDescription: "sections", template: { rows($0) { _ in "{{#a}}x{{/a}}" } }),
        Shape(testDescription: "sections on lines of their own", template: { rows($0) { _ in "{{#a}}\nx\n{{/a}}\n" } }),
        Shape(testDescription: "inverted sections", template: { rows($0) { _ in "{{^b}}x{{/b}}" } }),
        Shape(testDescription: "sections of other names", template: { rows($0) { "{{^n\($0)}}x{{/n\($0)}}" } }),
        Shape(testDescription: "sections within sections", template: { nested($0, "x") }),
        Shape(
            testDescription: "inverted sections within each other",
            template: { count in
                nested(count, "x").replacing("{{#a}}", with: "{{^b}}").replacing("{{/a}}", with: "{{/b}}")
            }
        ),
        Shape(
            testDescription: "an object within itself, a name of the event at each depth",
            template: { count in rows(count) { _ in "{{#a}}{{v}}" } + rows(count) { _ in "{{/a}}" } },
            data: { _ in ["a": ["w": "1"], "v": "2"] }),
        Shape(
            testDescription: "the same with a large object",
            template: { count in rows(count) { _ in "{{#a}}{{v}}" } + rows(count) { _ in "{{/a}}" } },
            data: { _ in ["a": object(200), "v": "2"] }),
        Shape(
            testDescription: "as many objects within each other",
            template: { count in nested(count, "{{v}}") { "o\($0)" } },
            data: { count in
                Dictionary((0..<count).map { ("o\($0)", ["w": "1"]) } + [("v", "2")]) { $1 }
            }),
        Shape(
            testDescription: "an object with as many members, entered as often",
            template: { rows($0) { _ in "{{#a}}{{m0}}{{/a}}" } }, data: { ["a": object($0)] }),
        Shape(testDescription: "values", template: { rows($0) { _ in "{{v}}, {{{v}}}\n" } }),
        Shape(
            testDescription: "values of other names", template: { rows($0) { "{{m\($0)}}" } },
            data: { object($0).object ?? [:] }),
        Shape(testDescription: "comments", template: { rows($0) { _ in "{{! no }}\n" } }),
        Shape(testDescription: "one comment", template: { "{{!" + rows($0) { _ in "{ \n " } + "}}" }),
        Shape(testDescription: "lines", template: { rows($0) { _ in "text {of} a line\r\n" } }),
        Shape(testDescription: "one line", template: { rows($0) { _ in "text {of} a line } " } }),
        Shape(testDescription: "tags with blanks around", template: { rows($0) { _ in "{{! no }}   \t  " } }),
        Shape(testDescription: "one line of blanks", template: { rows($0) { _ in "     " } + "{{! no }}\n" }),
        Shape(
            testDescription: "a list", template: { _ in "{{#l}}{{w}}{{v}}{{/l}}" },
            data: { ["l": .array(Array(repeating: ["w": "<"], count: $0)), "v": "x"] }),
        Shape(
            testDescription: "a long value", template: { _ in "{{v}}" },
            data: { ["v": .string(String(repeating: "a<é>&\n", count: $0))] }),
        Shape(
            testDescription: "fields that no tag names", template: { _ in "{{v}}" },
            data: { ["v": "x", "o": object($0)] }),
    ]

    @Test(arguments: shapes) func `four times the size takes about four times as long`(_ shape: Shape) throws {
        let growth = try Growth.ofFourTimes(2000) {
            (shape.template($0), shape.data($0))
        } _: { template, data in
            for _ in 0..<2 {
                _ = try MessageTemplate(parsing: template, name: "t").render(data, escaping: .html)
            }
        }
        #expect(growth < 9, "\(shape.testDescription): \(growth)")
    }

    @Test(arguments: [
        ("sections that are not closed", "{{#a}}"), ("sections that are closed only", "{{/a}}"),
        ("tags that are not closed", "{{a"), ("half of a tag", "{"), ("ends of tags", "}}"), ("partials", "{{>a}}"),
        ("delimiters", "{{=<% %>=}}"), ("values that are not closed", "{{{a}}"),
    ]) func `a fault is found in proportion too`(_ name: String, _ piece: String) throws {
        let growth = Growth.ofFourTimes(4000) {
            String(repeating: piece, count: $0)
        } _: { template in
            for _ in 0..<4 { _ = try? MessageTemplate(parsing: template, name: "t") }
        }
        #expect(growth < 9, "\(name): \(growth)")
    }

    @Test func `3 MB of sections within each other are rendered, and released`() throws {
        let count = 250_000
        let text = Self.nested(count, "x")
        #expect(try MessageTemplate(parsing: text, name: "t").render(["a": ["b": "1"]], escaping: .html) == "x")
        #expect(try MessageTemplate(parsing: text, name: "t").render(["a": false], escaping: .html) == "")
    }

    @Test func `large objects shade each other as small ones do, in any order`() throws {
        var generator = Sequenced()
        for _ in 0..<200 {
            let data = Self.randomData(&generator)
            let text = Self.randomTemplate(&generator, depth: 5)
            let oracle = try MustacheTemplate(string: text).render(data.mapValues(\.forMustache))
            #expect(try MessageTemplate(parsing: text, name: "t").render(data, escaping: .html) == oracle, "\(text)")
        }
    }

    /// Objects of every size, which have the same names in part; every name has a value in the event.
    private static func randomData(_ generator: inout Sequenced) -> [String: JSONValue] {
        var data: [String: JSONValue] = [:]
        for name in ["p", "q", "r"] {
            var object = Self.object([0, 3, 40, 90].randomElement(using: &generator) ?? 0).object ?? [:]
            for value in ["x", "y", "z"] where Bool.random(using: &generator) {
                object[value] = .string("\(name)\(value)")
            }
            for inner in ["p", "q", "l"] where Int.random(in: 0..<4, using: &generator) == 0 {
                object[inner] = .object(
                    ["x": .string("\(name)\(inner)x")].merging(Self.object(60).object ?? [:]) { $1 })
            }
            data[name] = .object(object)
        }
        data["l"] = .array([data["p"] ?? [:], ["y": "ly"], data["q"] ?? [:]])
        for value in ["x", "y", "z", "m1"] { data[value] = .string("e\(value)") }
        return data
    }

    private static func randomTemplate(_ generator: inout Sequenced, depth: Int) -> String {
        (0..<3).map { _ in
            guard depth > 0, Int.random(in: 0..<5, using: &generator) > 1 else {
                return "{{\(["x", "y", "z", "m1"].randomElement(using: &generator) ?? "x")}} "
            }
            // A list in a list in a list would take its length to that power.
            let name = ["p", "q", "r", depth > 4 ? "l" : "p"].randomElement(using: &generator) ?? "p"
            return "{{#\(name)}}\(randomTemplate(&generator, depth: depth - 1)){{/\(name)}}"
        }.joined()
    }

    /// The same numbers in every run.
    private struct Sequenced: RandomNumberGenerator {
        private var state: UInt64 = 17

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }
}
