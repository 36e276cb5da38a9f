import Foundation
import LambdaRuntime
import Testing

@testable import Alexa

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
        #expect(throws: FunctionError.self) { try JSONValue(parsing: nested(201)) }
        #expect(throws: FunctionError.self) { try JSONValue(parsing: nested(100_000)) }
    }
}
