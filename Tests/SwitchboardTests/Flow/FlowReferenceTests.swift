import JSON
import Testing

@testable import switchboard

@Suite struct FlowReferenceTests {
    /// Returns each reference of a text as it is written, with its names.
    private func references(_ text: String) -> [[String]] {
        FlowReference.all(in: text).map { [String(text[$0.range])] + $0.path }
    }

    @Test(arguments: [
        "$.Attributes.plain", "$.Attributes['plain']", "$.Attributes.['plain']", "$['Attributes']['plain']",
        "$.['Attributes'].['plain']", "$['Attributes'].plain", "$.Attributes[\"plain\"]", "$[\"Attributes\"].['plain']",
        "$.Attributes[ 'plain' ]",
    ])
    func `every way to write a reference is read, alone and in a text`(text: String) {
        #expect(FlowReference.whole(text)?.path == ["Attributes", "plain"])
        #expect(references("Grüß Gott, \(text), 再见") == [[text, "Attributes", "plain"]])
        #expect(references("(\(text)/\(text).)") == [[text, "Attributes", "plain"], [text, "Attributes", "plain"]])
    }

    @Test func `quoted names have any character`() {
        #expect(FlowReference.whole("$.Attributes['first name']")?.name == "first name")
        #expect(FlowReference.whole("$.SegmentAttributes['connect:Subtype']")?.name == "connect:Subtype")
        #expect(FlowReference.whole("$.Attributes['a.b[0]$.c']")?.path == ["Attributes", "a.b[0]$.c"])
        #expect(FlowReference.whole(#"$.Attributes['it\'s']"#)?.name == "it's")
        #expect(FlowReference.whole(#"$.Attributes["a\\b\""]"#)?.name == #"a\b""#)
        #expect(FlowReference.whole("$.Attributes['größe 2']")?.name == "größe 2")
        // A combining mark belongs to the text, and hides no quote.
        #expect(FlowReference.whole("$.Attributes['e\u{301}']")?.name == "e\u{301}")
        #expect(references("$.Attributes['a'\u{301}]") == [["$.Attributes", "Attributes"]])
        #expect(
            FlowReference.whole("$.SegmentAttributes['connect:CustomerAuthentication']['Status']")?.path
                == ["SegmentAttributes", "connect:CustomerAuthentication", "Status"])
    }

    @Test(arguments: [
        ("Hello $.Attributes.name.", "$.Attributes.name"), ("$.Attributes.name... go", "$.Attributes.name"),
        ("$.Attributes.name's car", "$.Attributes.name"), ("$.Attributes.name, please", "$.Attributes.name"),
        ("$.Attributes.name先生", "$.Attributes.name"), ("$.Attributes.name- hi", "$.Attributes.name"),
        ("$.Attributes.name\u{301}", "$.Attributes.name"), ("$.Attributes.name[pause]", "$.Attributes.name"),
        ("$.Attributes['name", "$.Attributes"), ("$.Attributes['']", "$.Attributes"), ("$.Attributes.", "$.Attributes"),
        ("($.Queue.Name)", "$.Queue.Name"), ("<b>$.Queue.Name</b>", "$.Queue.Name"),
        ("x$.Media.Sip.Headers.P-Charge-Info;", "$.Media.Sip.Headers.P-Charge-Info"),
        ("$$.Channel$", "$.Channel"), ("$.External.a_b-c d", "$.External.a_b-c"),
        (
            "$.DataTableList.ResultData.default[0].attributes[12].attributeValue!",
            "$.DataTableList.ResultData.default[0].attributes[12].attributeValue"
        ),
        ("is `$.DataTableList.rows[0].id`.", "`$.DataTableList.rows[0].id`"), ("`$.Channel`", "$.Channel"),
    ])
    func `a reference ends where its names do`(text: String, reference: String) {
        #expect(references(text).map(\.first) == [reference])
    }

    @Test(arguments: ["$5", "$.50", "$ .Channel", "US$", "$", "$.", "$[0]", "$['']", "${QueueArn}", "$['5']", ""])
    func `an amount, a variable and a lone sign are no references`(text: String) {
        #expect(references(text) == [])
        #expect(FlowReference.whole(text) == nil)
        #expect(FlowReference.replaced(in: text) { _ in "x" } == text)
    }

    @Test func `what is around references stays, byte for byte`() {
        let text = "e\u{301}$.Channel\u{301}👩‍👩‍👧$['Queue']['Name']\r\n$.Attributes.x"
        #expect(
            FlowReference.replaced(in: text) { $0.path.joined(separator: "/") }.unicodeScalars.elementsEqual(
                "e\u{301}Channel\u{301}👩‍👩‍👧Queue/Name\r\nAttributes/x".unicodeScalars))
        #expect(FlowReference.whole(" $.Channel") == nil)
    }

    @Test func `keys and conditions have references too`() throws {
        var block = try BlockDraft(
            "UpdateContactAttributes", [.with("Attributes", ["$.Attributes['key']": "$.External['x']"])])
        block.conditions = ["$.Queue.Name"]
        let flow = try ContactFlow(JSONValue.object(["Actions": [block.action]]).bytes, named: "test")
        let action = try #require(flow["it"])
        #expect(Set(action.references.map(\.path)) == [["Attributes", "key"], ["External", "x"], ["Queue", "Name"]])
        #expect(action.reads("External") && !action.reads("Channel"))
        #expect(FlowAttributes.read(by: action) == ["key"])
        #expect(FlowAttributes([flow]).contains("anything"))
    }
}
