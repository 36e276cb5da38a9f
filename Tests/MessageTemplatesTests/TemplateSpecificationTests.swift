import Foundation
import JSON
import MessageTemplates
import Mustache
import Testing

@Suite struct TemplateSpecificationTests {
    @Test(arguments: TemplateCase.all)
    func `a template renders as the specification says`(_ example: TemplateCase) throws {
        let fields = try #require(JSONValue(parsing: Array(example.data.utf8)).object)
        let template = try MessageTemplate(parsing: example.template, name: "case")
        #expect(try template.render(fields, escaping: .html) == example.expected)
    }

    @Test(arguments: TemplateCase.all)
    func `a template renders as swift-mustache renders it`(_ example: TemplateCase) throws {
        let fields = try #require(JSONValue(parsing: Array(example.data.utf8)).object)
        let oracle = try MustacheTemplate(string: example.template).render(fields.mapValues(\.forMustache))
        #expect(try MessageTemplate(parsing: example.template, name: "case").render(fields, escaping: .html) == oracle)
    }

    /// Three lines of every kind, alone and in a section, so that no neighbourhood of tags and line ends is forgotten.
    ///
    /// At most one tag a line, since the specification does not say whether two stand alone; and sections open on lines
    /// of their own, since swift-mustache forgets where lines begin behind one that opens within a line.
    @Test(arguments: ["\n", "\r\n"])
    func `every arrangement of lines renders as swift-mustache renders it`(lineEnd: String) async throws {
        let lines = [
            "", "x", "{{v}}", " {{v}} ", "{{#t}}", " {{#t}} ", "{{/t}}", "\t{{/t}}", "x{{/t}}", "{{/t}} x", "{{^f}}",
            "\t{{^f}}\t", "{{/f}}", "x{{/f}}", "{{!c}}", " {{!c}}", "x {{!c}}",
        ]
        let data: [String: JSONValue] = ["t": .array([.object([:]), .object([:])]), "v": .string("<")]
        let oracleData = data.mapValues(\.forMustache)
        var compared = 0
        for number in 0..<(lines.count * lines.count * lines.count) {
            var rest = number
            var chosen: [String] = []
            for _ in 0..<3 {
                chosen.append(lines[rest % lines.count])
                rest /= lines.count
            }
            for arranged in [chosen, ["{{#t}}"] + chosen + ["{{/t}}", "y"]] {
                let text = arranged.joined(separator: lineEnd)
                guard let template = try? MessageTemplate(parsing: text, name: "case") else { continue }
                let ours = try template.render(data, escaping: .html)
                let oracle = try MustacheTemplate(string: text).render(oracleData)
                #expect(ours.utf8.elementsEqual(oracle.utf8), "\(text.debugDescription)")
                compared += 1
            }
            // Other tests have deadlines.
            await Task.yield()
        }
        #expect(compared > 1_000)
    }
}

extension JSONValue {
    /// The value as swift-mustache takes it.
    var forMustache: Any {
        switch self {
        case .null: NSNull()
        case .bool(let value): value
        case .number(let text): Int(text) as Any? ?? Double(text) as Any
        case .string(let text): text
        case .array(let elements): elements.map(\.forMustache)
        case .object(let members): members.mapValues(\.forMustache)
        }
    }
}
