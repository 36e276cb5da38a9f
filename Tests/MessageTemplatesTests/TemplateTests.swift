import JSON
import MessageTemplates
import Settings
import Testing

@Suite struct TemplateTests {
    private func render(_ text: String, _ data: String = "{}", _ escaping: MessageTemplate.Escaping = .html) throws
        -> String
    {
        let fields = try #require(JSONValue(parsing: Array(data.utf8)).object)
        return try MessageTemplate(parsing: text, name: "email/note.html").render(fields, escaping: escaping)
    }

    @Test func `plain text is never escaped`() throws {
        #expect(try render("{{x}}{{{x}}}", #"{"x":"<&'>"}"#, .none) == "<&'><&'>")
    }

    @Test func `a bracket that carries an accent is escaped all the same`() throws {
        #expect(try render("{{x}}", "{\"x\":\"<\u{0301}script>\"}") == "&lt;\u{0301}script&gt;")
    }

    @Test func `names may be of any script`() throws {
        #expect(try render("{{größe}} {{名前}}", #"{"größe":"1","名前":"2"}"#) == "1 2")
    }

    @Test(arguments: ["{{day}}", "{{{day}}}", "{{#on}}{{day}}{{/on}}", "{{^off}}\n{{day}}\n{{/off}}"])
    func `a missing value is an error that names the field and the template`(text: String) {
        for data in [#"{"on":true}"#, #"{"on":true,"day":null}"#] {
            let error = #expect(throws: TemplateError.self) { try render(text, data) }
            #expect(error?.description.contains("field day is missing") == true)
            #expect(error?.description.contains("email/note.html") == true)
        }
    }

    @Test(arguments: [#"{"x":[]}"#, #"{"x":[1]}"#, #"{"x":{}}"#, #"{"x":{"y":1}}"#])
    func `a list or an object cannot be printed`(data: String) {
        let error = #expect(throws: TemplateError.self) { try render("{{x}}", data) }
        #expect(error?.description.contains("field x is a list or an object") == true)
    }

    @Test func `a null in an object is as good as missing there, so the outer value shows`() throws {
        #expect(try render("{{#a}}{{x}}{{/a}}", #"{"a":{"x":null},"x":"outer"}"#) == "outer")
    }

    @Test func `big integers print exactly`() throws {
        #expect(try render("{{n}}", #"{"n":9007199254740993}"#) == "9007199254740993")
    }

    @Test(arguments: [
        ("{{.}}", "{{.}} is not supported"), ("{{#l}}{{.}}{{/l}}", "{{.}} is not supported"),
        ("{{{.}}}", "{{.}} is not supported"), ("{{#.}}x{{/.}}", "{{.}} is not supported"),
        ("{{a.b}}", "dotted names"), ("{{#a.b}}x{{/a.b}}", "dotted names"), ("{{> part}}", "partials"),
        ("{{=<% %>=}}", "delimiters"), ("{{&x}}", "{{&…}}"), ("{{<layout}}{{/layout}}", "parents"),
        ("{{$block}}{{/block}}", "blocks"), ("{{}}", "no name"), ("{{ }}", "no name"), ("{{#}}x{{/}}", "no name"),
        ("{{a b}}", "not a name"), ("{{ #a }}", "not a name"), ("{{x", "not closed with }}"),
        ("{{{x}}", "not closed with }}}"), ("{{!note", "not closed with }}"), ("{{#a}}x", "section a is not closed"),
        ("{{^a}}x", "section a is not closed"), ("x{{/a}}", "closes a section that is not open"),
        ("{{#a}}{{#b}}{{/a}}{{/b}}", "{{/a}} stands where {{/b}}"),
    ]) func `what does not exist is an error and not a text`(text: String, fault: String) {
        let error = #expect(throws: TemplateError.self) { try MessageTemplate(parsing: text, name: "sms/note.txt") }
        #expect(error?.description.contains(fault) == true)
        #expect(error?.description.contains("sms/note.txt is malformed in line 1") == true)
    }

    @Test(arguments: [
        ("a\nb\n{{.}}", 3), ("{{#a}}\n\n{{/b}}", 3), ("a\n{{#a}}\nb\n", 2), ("{{!\n\n}}\n{{x.y}}", 4),
        ("\r\n\r\n{{x", 3),
    ]) func `a malformed template's error names the line`(text: String, line: Int) {
        let error = #expect(throws: TemplateError.self) { try MessageTemplate(parsing: text, name: "t") }
        #expect(error?.description.contains("in line \(line):") == true)
    }
}
