import AmazonConnect
import JSON
import LambdaRuntime
import Settings
import Testing

@Suite struct ParametersTests {
    @Test func `an empty text is none, since a flow passes one for a reference without a value`() throws {
        let parameters = Parameters(["empty": .string(""), "null": .null, "blank": .string(" ")])
        #expect(try parameters.text("empty") == nil)
        #expect(try parameters.text("null") == nil)
        #expect(try parameters.text("missing") == nil)
        #expect(try parameters.text("blank") == " ")
    }

    @Test(arguments: [JSONValue.number("1"), .bool(true), .array([]), .object([:])])
    func `what is no string is refused by name where a text is wanted`(value: JSONValue) {
        let error = #expect(throws: InvalidInput.self) { try Parameters(["template": value]).text("template") }
        #expect(error == InvalidInput("The parameter template must be a string."))
    }

    @Test func `a required text that is missing is named, with what to give`() {
        let error = #expect(throws: InvalidInput.self) {
            try Parameters(["to": .string("")]).requiredText("to", "the address to send to")
        }
        #expect(
            error == InvalidInput("The parameter to is missing: give the address to send to."))
    }

    @Test(arguments: [
        (JSONValue.object(["a": .string("b")]), ["a": JSONValue.string("b")]),
        (.string(#" {"a":"b"} "#), ["a": .string("b")]), (.string(""), [:]), (.null, [:]), (.string("null"), [:]),
    ]) func `an object may come as the same in a JSON string`(value: JSONValue, expected: [String: JSONValue]) throws {
        #expect(try Parameters(["formData": value]).object("formData") == expected)
    }

    @Test(arguments: [
        JSONValue.string("{"), .string("[]"), .string("text"), .string("7"), .array([]), .number("1"), .bool(false),
        .string(#""{\"a\":\"b\"}""#),
    ]) func `what is no object is refused where one is wanted`(value: JSONValue) {
        let error = #expect(throws: InvalidInput.self) { try Parameters(["formData": value]).object("formData") }
        #expect(error?.description.contains("formData must be a JSON object") == true)
    }
}
