import Foundation
import JSON
import MessageTemplates

extension ParserTarget {
    /// Templates, each followed by a zero byte and the fields: parsed and filled in, or refused by a sentence that names the
    /// line or the field; a value is always escaped, and text without tags stays as it is.
    static let templates = ParserTarget(
        name: "templates",
        tokens: [
            "{{", "}}", "{{{", "}}}", "{{#a}}", "{{/a}}", "{{^a}}", "{{!", "{{a}}", "{{{a}}}", "{{customerFullName}}",
            "{{>a}}", "{{=<% %>=}}",
            "{{.}}", "{{a.b}}", "{{&a}}", "\r\n", " \n", "\t{{#b}}\n", "{{/b}}\n", "\u{0}{\"a\":", "<>&\"'",
        ],
        seeds: {
            let fields =
                #"{"a":"<b>&\"'","b":[{"a":1},{"a":true}],"c":null,"customerFullName":"Ana","appt-day":"Monday"}"#
            let templates = try ["txt", "html", "subject"].flatMap {
                try ProjectFiles.contents(of: "Sources/Functions", ".\($0)")
            }
            let small = ["{{a}}{{{a}}}", "x\n{{#b}}\n- {{a}}\n{{/b}}\n{{^c}}none{{/c}}{{! comment }}"].map {
                Array($0.utf8)
            }
            return (templates + small).map { $0 + [0] + Array(fields.utf8) }
        },
        check: checkTemplate)

    private static func checkTemplate(_ input: [UInt8]) throws {
        let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let text = String(decoding: parts[0], as: UTF8.self)
        guard let template = try read(TemplateError.self, body: { try MessageTemplate(parsing: text, name: "t") })
        else {
            return
        }
        let json = parts.count > 1 ? try? JSONValue(parsing: Array(parts[1])) : nil
        for escaping in [MessageTemplate.Escaping.none, .html] {
            let rendered = try read(TemplateError.self) { try template.render(json?.object ?? [:], escaping: escaping) }
            // By bytes: a combining mark after a tag would hide it in Characters.
            guard !text.utf8.contains(Array("{{".utf8)) else { continue }
            try Finding.unless(rendered.map { Array($0.utf8) } == Array(text.utf8), "text without tags is changed")
        }
        // Without raw tags no value can bring a tag of HTML, whatever the fields are.
        let raw = ["{{{", "<", "{{&"].contains { text.utf8.contains(Array($0.utf8)) }
        guard !raw else { return }
        let html = try read(TemplateError.self) { try template.render(json?.object ?? [:], escaping: .html) }
        try Finding.unless(html?.utf8.contains(UInt8(ascii: "<")) != true, "a value is not escaped")
    }
}
