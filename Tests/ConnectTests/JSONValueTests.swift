import Connect
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        ("0", "0"), ("-7", "-7"), ("9007199254740993", "9007199254740993"),
        ("9223372036854775807", "9223372036854775807"), ("18446744073709551615", "18446744073709551615"),
        ("123456789012345678901234567890", "123456789012345678901234567890"), ("0.1", "0.1"), ("19.99", "19.99"),
        ("1.0", "1"), ("1e3", "1000"), ("-2.50", "-2.5"), ("12345678901234567890.5", "12345678901234567890.5"),
        ("1.5e300", "1.5e+300"),
    ]) func `a number keeps its digits`(json: String, text: String) {
        #expect(JSONValue(parsing: json) == .number(text))
    }

    @Test func `booleans are no numbers and numbers no booleans`() {
        #expect(
            JSONValue(parsing: "[true,false,1,0,null]")
                == .array([.bool(true), .bool(false), .number("1"), .number("0"), .null]))
    }

    @Test(arguments: ["", "{", "nul", "[1,]", "{\"a\":01}", "{\"a\"}", "1 2", "1e400", "\u{FEFF}"])
    func `what is no JSON is none`(text: String) {
        #expect(JSONValue(parsing: text) == nil)
    }

    @Test func `nesting beyond the decoder's depth is refused and does not crash`() {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(JSONValue(parsing: deep) == nil)
    }
}
