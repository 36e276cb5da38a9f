import JSON
import LocalServices
import Testing

@testable import switchboard

struct ExpectedResultTests {
    private func expectation(_ json: String) throws -> ExpectedResult {
        let value = try JSONValue(parsing: Array(json.utf8))
        return try #require(ExpectedResult(value))
    }

    private func answer(_ json: String) -> InvocationOutcome { .answer(Array(json.utf8)) }
    private func failure(_ json: String) -> InvocationOutcome { .functionError(Array(json.utf8)) }

    @Test func `fields that the expectation does not name may be anything`() throws {
        let sent = try expectation(#"{"status":"sent"}"#)
        #expect(sent.first.matches(answer(#"{"messageId":"1","status":"sent"}"#), event: []))
        #expect(!sent.first.matches(answer(#"{"messageId":"1","status":"duplicate"}"#), event: []))
        #expect(!sent.first.matches(answer(#"{"messageId":"1"}"#), event: []))
        #expect(!sent.first.matches(answer("no JSON"), event: []))
        #expect(sent.second == nil)
    }

    @Test func `a star stands for any text that is not empty`() throws {
        let sent = try expectation(#"{"messageId":"*"}"#)
        #expect(sent.first.matches(answer(#"{"messageId":"1"}"#), event: []))
        #expect(!sent.first.matches(answer(#"{"messageId":""}"#), event: []))
        #expect(!sent.first.matches(answer(#"{"messageId":1}"#), event: []))
    }

    @Test func `a text between stars is one that the text holds`() throws {
        let fetched = try expectation(#"{"url":"*/a%20b.mp3?*"}"#)
        #expect(fetched.first.matches(answer(#"{"url":"https://x/a%20b.mp3?y"}"#), event: []))
        #expect(!fetched.first.matches(answer(#"{"url":"https://x/ab.mp3?y"}"#), event: []))
        #expect(!fetched.first.matches(answer(#"{"url":5}"#), event: []))
    }

    @Test func `a list has as many elements, each with what is expected of it, and an empty object stays empty`() throws
    {
        let plays = try expectation(#"{"directives":[{"type":"Play","url":"*"},{"type":"Stop"}]}"#).first
        #expect(
            plays.matches(answer(#"{"directives":[{"type":"Play","url":"u","more":1},{"type":"Stop"}]}"#), event: []))
        #expect(!plays.matches(answer(#"{"directives":[{"type":"Play","url":"u"}]}"#), event: []))
        #expect(!plays.matches(answer(#"{"directives":[{"type":"Stop"},{"type":"Play","url":"u"}]}"#), event: []))
        #expect(!plays.matches(answer(#"{"directives":{}}"#), event: []))
        let silent = try expectation(#"{"version":"1.0","response":{}}"#).first
        #expect(silent.matches(answer(#"{"version":"1.0","response":{}}"#), event: []))
        #expect(!silent.matches(answer(#"{"version":"1.0","response":{"shouldEndSession":true}}"#), event: []))
        let again = try expectation(#"{"list":["*"],"second":{"list":["$first"]}}"#)
        let first = try JSONValue(parsing: Array(#"{"list":["1"]}"#.utf8))
        #expect(again.second?.matches(answer(#"{"list":["1"]}"#), event: [], first: first) == true)
        #expect(again.second?.matches(answer(#"{"list":["2"]}"#), event: [], first: first) == false)
    }

    @Test func `an error type is met by a failure only`() throws {
        let refused = try expectation(#"{"errorType":"Function.X"}"#)
        #expect(refused.first.matches(failure(#"{"errorType":"Function.X","errorMessage":"m"}"#), event: []))
        #expect(!refused.first.matches(failure(#"{"errorType":"Function.Y"}"#), event: []))
        #expect(!refused.first.matches(answer(#"{"errorType":"Function.X"}"#), event: []))
        #expect(!(try expectation(#"{"status":"sent"}"#).first.matches(failure(#"{"status":"sent"}"#), event: [])))
    }

    @Test func `the event itself is compared as JSON, whole numbers exactly`() throws {
        let same = try expectation(#""$event""#).first
        let event = Array(#"{ "a": 9007199254740993, "b": [1, 2] }"#.utf8)
        #expect(same.matches(answer(#"{"b":[1,2],"a":9007199254740993}"#), event: event))
        #expect(!same.matches(answer(#"{"b":[1,2],"a":9007199254740992}"#), event: event))
        #expect(!same.matches(answer(#"{"b":[2,1],"a":9007199254740993}"#), event: event))
        #expect(!same.matches(failure(#"{ "a": 9007199254740993, "b": [1, 2] }"#), event: event))
    }

    @Test func `numbers are the same by value, and null is a value`() throws {
        let same = try expectation(#""$event""#).first
        let event = Array(#"{"a":1,"b":[1.50,1e2],"c":null,"d":18446744073709551615}"#.utf8)
        #expect(same.matches(answer(#"{"a":1.0,"b":[1.5,100],"c":null,"d":18446744073709551615}"#), event: event))
        #expect(!same.matches(answer(#"{"a":1,"b":[1.5,100],"d":18446744073709551615}"#), event: event))
        #expect(!same.matches(answer(#"{"a":1,"b":[1.5,100],"c":null,"d":18446744073709551614}"#), event: event))
        let fields = try expectation(#"{"count":2,"next":null}"#).first
        #expect(fields.matches(answer(#"{"count":2.0,"next":null}"#), event: []))
        #expect(!fields.matches(answer(#"{"count":2}"#), event: []))
        #expect(!fields.matches(answer(#"{"count":3,"next":null}"#), event: []))
    }

    @Test(arguments: [
        #"{"status":"sent","messageId":"*","repeat":true,"second":{"status":"duplicate","messageId":"$first"}}"#,
        #"{"first":{"status":"sent","messageId":"*"},"second":{"status":"duplicate","messageId":"$first"}}"#,
        #"{"expect":{"status":"sent","messageId":"*"},"repeat":true,"second":{"status":"duplicate","messageId":"$first"}}"#,
    ])
    func `a repeated event has a second expectation that knows the first answer`(json: String) throws {
        let repeated = try expectation(json)
        let first = answer(#"{"status":"sent","messageId":"7"}"#)
        #expect(repeated.first.matches(first, event: []))
        let second = try #require(repeated.second)
        let before = try JSONValue(parsing: first.payload)
        #expect(second.matches(answer(#"{"status":"duplicate","messageId":"7"}"#), event: [], first: before))
        #expect(!second.matches(answer(#"{"status":"duplicate","messageId":"8"}"#), event: [], first: before))
    }

    @Test func `an expectation that comes after another event knows that one's answer`() throws {
        let after = try expectation(#"{"after":"01-first","status":"duplicate","messageId":"$first"}"#)
        #expect(after.after == "01-first" && after.second == nil)
        let before = try JSONValue(parsing: Array(#"{"status":"sent","messageId":"7"}"#.utf8))
        #expect(after.first.matches(answer(#"{"status":"duplicate","messageId":"7"}"#), event: [], first: before))
        #expect(!after.first.matches(answer(#"{"status":"duplicate","messageId":"8"}"#), event: [], first: before))
        #expect(!after.first.matches(answer(#"{"status":"duplicate","messageId":"7"}"#), event: []))
    }

    @Test func `repeat alone expects the same again`() throws {
        let repeated = try expectation(#"{"errorType":"Function.X","repeat":true}"#)
        #expect(repeated.second == repeated.first)
    }

    @Test(arguments: ["{}", "3", #""sent""#, #"{"repeat":true}"#, #"{"first":{"a":1},"b":2}"#, #"{"first":3}"#])
    func `anything else is no expectation`(json: String) throws {
        let value = try JSONValue(parsing: Array(json.utf8))
        #expect(ExpectedResult(value) == nil)
    }

    @Test func `it is shown as expected.json has it, the event as it is`() throws {
        let sent = try expectation(#"{"messageId":"*","status":"sent"}"#).first
        #expect(sent.json(event: []).text == #"{"messageId":"*","status":"sent"}"#)
        let same = try #require(ExpectedResult("$event")).first
        #expect(same.json(event: Array(#"{"a":1}"#.utf8)).text == #"{"a":1}"#)
    }
}
