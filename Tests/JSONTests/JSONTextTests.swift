import JSON
import Settings
import Testing

@testable import LambdaRuntime

struct JSONTextTests {
    @Test(arguments: [
        "null", "true", "0", "-0.5e-7", "\"\"", "[]", "{}", " [1, 2 ] \n", "18446744073709551615", "1e308",
        #"{"a":{"b":[null,{"c":"é🎉\u00e9\ud83c\udf89"}]},"a":2}"#, "123456789012345678901234567890.5",
        "1e999", "-1E+0999", "[1e400,2]", #"{"a\"":"1e999","b":123e4567,"c":"e99\\"}"#, "0e309",
        String(repeating: "9", count: 400), String(repeating: "9", count: 400) + ".25e-1000",
        "0." + String(repeating: "1", count: 400) + "e-999", "[1e999,\"\(String(repeating: "7", count: 50))\"]",
    ])
    func `JSON passes`(text: String) throws {
        try JSONText.check(Array(text.utf8))
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", #"{"a":1,}"#, "01", "1.", "-", "+1", ".5", "1.2.3", "nul", "NaN", "1e", "1e+", "1e999.5",
        "1e9999x", "-", "00",
        "[1e999,01]", #"["1e999",1e999,"open]"#, "'a'", "{a:1}",
        "[1 2]",
        "{} x", "{}{}", #""\x""#, #""\u12""#, #""\ud800""#, #""\ude00""#, #"{"\udfff":1}"#, #""\ud83d\ud83d""#,
        #""\ud214\ude00""#, "\"a\u{1}b\"", "\u{FEFF}{}", "// c\n1", "{}\u{0}", "\u{0}",
        #"{"a" 1}"#, "\"open",
    ])
    func `what is not JSON is an invalid request`(text: String) {
        #expect(throws: JSONError.self) { try JSONText.check(Array(text.utf8)) }
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x28, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFE, 0xFF, 0, 0x31],
    ])
    func `invalid UTF-8 is an invalid request`(bytes: [UInt8]) {
        let error = #expect(throws: JSONError.self) { try JSONText.check(bytes) }
        #expect(error?.description(of: "The event") == "The event is not JSON: it is not UTF-8.")
    }

    @Test(arguments: Array(0x01...0x1F) as [UInt8])
    func `a control character in a string is refused by every reader, wherever it stands`(byte: UInt8) {
        for place in 0..<48 {
            let text =
                [0x22] + Array(repeating: 0x61, count: place) + [byte] + Array(repeating: 0x61, count: 40) + [0x22]
            #expect(throws: JSONError.malformed(offset: place + 1, count: text.count)) { try JSONText.check(text) }
            #expect(throws: JSONError.malformed(offset: place + 1, count: text.count)) { try JSONValue(parsing: text) }
            #expect(throws: JSONError.self) { try RawJSON(checking: text) }
        }
    }

    @Test(arguments: [#""\ude00""#, #"{"\uDFFF":1}"#, #"[1,"a\udc00b"]"#])
    func `half of a surrogate pair is refused by every reader`(text: String) {
        #expect(throws: JSONError.self) { try JSONText.check(Array(text.utf8)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
        #expect(throws: JSONError.self) { try RawJSON(checking: Array(text.utf8)) }
    }

    @Test func `nesting a million levels deep does not crash`() throws {
        let depth = 1_000_000
        try JSONText.check(
            Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth))
        #expect(throws: JSONError.self) { try JSONText.check(Array(repeating: UInt8(ascii: "["), count: depth)) }
    }

    @Test func `a fault is located and not quoted`() {
        let error = #expect(throws: JSONError.self) { try JSONText.check(Array(#"{"phone":+4917}"#.utf8)) }
        #expect(error?.description(of: "The event") == "The event is not JSON: there is a fault at byte 9 of 15.")
    }

    struct Call: Decodable {
        let id: Int
        let parts: [String]
    }

    @Test(arguments: [
        (#"{"parts":[]}"#, "The event has no `id`."),
        (#"{"id":null,"parts":[]}"#, "The event's `id` is null."),
        (#"{"id":1,"parts":["a",7]}"#, "The event's `parts.1` is not of type String."),
        (#"{"id":1.5,"parts":[]}"#, "The event's `id` is malformed."),
        ("null", "The event's value is null."),
        ("[]", "The event's value is not of type Dictionary<String, Any>."),
    ])
    func `a value that does not fit is named by its place`(text: String, sentence: String) {
        let error = #expect(throws: JSONError.self) {
            _ = try JSONText.decode(Call.self, from: Array(text.utf8))
        }
        #expect(error?.description(of: "The event") == sentence)
    }
}
