import Testing

@testable import switchboard

struct JSONFaultTests {
    @Test(arguments: [
        ("{\"a\":}", " (line 1, column 6)"), ("{\n  \"ä\": 1,\n}", " (line 3, column 1)"), ("", ""),
        ("{\"ä\": x}", " (line 1, column 7)"),
    ])
    func `a fault has a line and a column in characters`(text: String, place: String) {
        #expect(JSONFault(in: Array(text.utf8))?.place == place)
    }

    @Test func `JSON has none`() {
        #expect(JSONFault(in: Array("{\"a\": [1]}\n".utf8)) == nil)
    }
}
