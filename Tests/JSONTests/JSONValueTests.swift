import Foundation
import JSON
import LambdaRuntime
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        #"{"a":[1,-2.50,1e3,true,false,null,"x"],"b":{"c":{}},"d":[]}"#,
        #"" \" \\ \/ \b \f \n \r \t \u00e9 \ud83c\udf89 ""#,
        "[ 1 , { \"k\" : [ ] } ]", "\"\\u0000\\u001f\"", "12345678901234567890123.5", "true",
    ])
    func `what is read and written again is the same to Foundation`(_ text: String) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        func object(_ data: Data) throws -> NSObject? {
            try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) as? NSObject
        }
        #expect(try object(Data(value.bytes)) == object(Data(text.utf8)))
    }

    @Test func `whole numbers stay exact, keys are sorted`() throws {
        let text = #"{"b":[1.5,-9223372036854775808],"a":9007199254740993}"#
        #expect(
            try JSONValue(parsing: Array(text.utf8)).text == #"{"a":9007199254740993,"b":[1.5,-9223372036854775808]}"#)
    }

    @Test func `nesting beyond 200 levels is refused, not a crash`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSONValue(parsing: nested(200))
        #expect(throws: JSONError.self) { try JSONValue(parsing: nested(201)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: nested(100_000)) }
    }

    @Test(arguments: [
        "0", "-7", "9007199254740993", "18446744073709551615", "123456789012345678901234567890", "0.1", "19.90", "1.0",
        "1e3", "12345678901234567890.5", "1.5e300",
    ]) func `a number keeps the digits it came with`(json: String) throws {
        #expect(try JSONValue(parsing: Array(json.utf8)) == .number(json))
    }

    @Test func `a number beyond a decimal's range is written, not lost`() throws {
        let value = JSONValue.array([.number("1.5e+300"), .number("-2.5e-300"), .number("18446744073709551616")])
        #expect(try JSONDecoder().decode([Double].self, from: Data(value.bytes)) == [1.5e300, -2.5e-300, 0x1p64])
    }

    @Test(arguments: Array(0x00...0x1F) as [UInt8])
    func `a control character is escaped when it is written, wherever it stands`(byte: UInt8) throws {
        for place in 0..<48 {
            let text =
                String(repeating: "a", count: place) + String(UnicodeScalar(byte)) + String(repeating: "a", count: 40)
            let written = JSONValue.object([text: .string(text)]).bytes
            #expect(written.allSatisfy { $0 >= 0x20 })
            #expect(try JSONDecoder().decode([String: String].self, from: Data(written)) == [text: text])
        }
    }

    @Test func `booleans are no numbers and numbers no booleans`() throws {
        #expect(
            try JSONValue(parsing: Array("[true,false,1,0,null]".utf8))
                == .array([.bool(true), .bool(false), .number("1"), .number("0"), .null]))
    }

    @Test(arguments: ["", "{", "nul", "[1,]", "{\"a\":01}", "{\"a\"}", "1 2", "1e400", "\u{FEFF}"])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }
}
