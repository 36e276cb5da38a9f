import Testing

@testable import AWS

struct XMLElementTests {
    @Test func `elements, text and entities are read`() throws {
        let root = try XMLElement(
            parsing: Array("<?xml version='1.0'?><a xmlns='urn:x'><b i='1'>x &amp; &#233;</b><b>2</b><c/></a>".utf8))
        #expect(root.name == "a")
        #expect(root["b"]?.text == "x & é")
        #expect(root.children.map(\.name) == ["b", "b", "c"])
        #expect(root["d"] == nil)
    }

    @Test(arguments: [
        "", "<a>", "<a></b>", "plain", "{}", "<a/><b/>",
        // A document type, harmless or not, is refused before any entity is declared.
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65),
    ])
    func `what is not a plain document is refused`(_ text: String) {
        #expect(throws: MalformedXML.self) { try XMLElement(parsing: Array(text.utf8)) }
    }

    @Test func `text that expat hands over in pieces stays whole`() throws {
        let text = String(repeating: "é🎉\n", count: 50_000)
        #expect(try XMLElement(parsing: Array("<a>\(text)</a>".utf8)).text == text)
    }
}
