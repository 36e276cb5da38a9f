import JSON
import LocalServices
import Testing

/// Where an outcome differs from what is expected, as a person is told.
struct ExpectedDifferencesTests {
    private func differences(
        _ expected: String, _ came: String, isError: Bool = false, event: String = "{}", first: JSONValue? = nil
    ) throws -> [String] {
        let single = try #require(ExpectedResult(try JSONValue(parsing: Array(expected.utf8)))).first
        let outcome: InvocationOutcome = isError ? .functionError(Array(came.utf8)) : .answer(Array(came.utf8))
        let found = single.differences(outcome, event: Array(event.utf8), first: first)
        #expect(found.isEmpty == single.matches(outcome, event: Array(event.utf8), first: first))
        return found.map { "\($0.path): \($0.expected?.text ?? "nothing") / \($0.came?.text ?? "nothing")" }
    }

    @Test(arguments: [
        (#"{"a":"*","b":{"c":1}}"#, #"{"a":"x","b":{"c":1,"d":2}}"#, []),
        (#"{"a":1}"#, #"{"a":2}"#, ["a: 1 / 2"]), (#"{"a":1}"#, "{}", ["a: 1 / nothing"]),
        (#"{"b":{"c":1,"d":"*x*"}}"#, #"{"b":{"c":2,"d":"y"}}"#, ["b.c: 1 / 2", #"b.d: "*x*" / "y""#]),
        (#"{"l":[{"a":1},{"a":2}]}"#, #"{"l":[{"a":1},{"a":3}]}"#, ["l[1].a: 2 / 3"]),
        (#"{"l":[1,2]}"#, #"{"l":[1]}"#, ["l: [1,2] / [1]"]), (#"{"o":{}}"#, #"{"o":{"a":1}}"#, [#"o: {} / {"a":1}"#]),
        (#"{"a":1}"#, "7", [#": {"a":1} / 7"#]), (#"{"n":null}"#, "{}", ["n: null / nothing"]),
    ])
    func `each member that differs is named with both values`(expected: String, came: String, found: [String]) throws {
        #expect(try differences(expected, came) == found)
    }

    @Test func `an error in the place of a response is one difference, and so is a response in the place of an error`()
        throws
    {
        #expect(try differences(#"{"a":1}"#, #"{"errorType":"E"}"#, isError: true).count == 1)
        #expect(try differences(#"{"errorType":"E"}"#, #"{"a":1}"#).count == 1)
        #expect(
            try differences(#"{"errorType":"E"}"#, #"{"errorType":"F"}"#, isError: true) == [#"errorType: "E" / "F""#])
    }

    @Test func `an event that comes back otherwise is compared to its last member`() throws {
        let found = try differences(
            #""$event""#, #"{"a":1,"b":{"c":2},"e":5}"#, event: #"{"a":1.0,"b":{"c":3},"d":4}"#)
        #expect(found == ["b.c: 3 / 2", "d: 4 / nothing", "e: nothing / 5"])
    }

    @Test func `what must be as the first time is shown as it was`() throws {
        let found = try differences(#"{"id":"$first"}"#, #"{"id":"b"}"#, first: ["id": "a"])
        #expect(found == [#"id: "a" / "b""#])
    }
}
