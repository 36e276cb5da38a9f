import JSON
import Testing

@testable import AWS

/// Pages of metrics, read token by token.
struct MetricReaderTests {
    private static func page(_ text: String, _ metrics: [String] = ["A", "B"]) -> MetricPage? {
        MetricReader.page(Array(text.utf8), metrics: metrics)
    }

    @Test func `members and metrics come in any order, and unknown ones are passed over`() throws {
        let page = try #require(
            Self.page(
                #"""
                {"Extra":{"MetricResults":[{"Collections":[{"Value":9,"Metric":{"Name":"A"}}]}],"NextToken":"no"},
                 "MetricResults":[
                  {"Collections":[{"Value":2.5,"Metric":{"Unit":"COUNT","Name":"B"}},
                                  {"Metric":{"Name":"C","Threshold":[{"ThresholdValue":7,"Name":"A"}]},"Value":8},
                                  {"Metric":{"Name":"A"},"Value":null}],
                   "Dimensions":{"Channel":"VOICE","Queue":{"Arn":"a/b","Id":"q-1"},"Future":{"Id":"no"}}},
                  {"MetricInterval":{"Interval":"HOUR","StartTime":1764000000,"EndTime":1764003600.0},
                   "Dimensions":{"QUEUE":"arn:aws:connect:x:1:instance/i/queue/q-2","CHANNEL":"CHAT","QUEUE_ARN":"x"},
                   "Collections":[{"Metric":{"Name":"A"},"Value":-1e1}]},
                  {"Dimensions":{"AGENT":"a-1"},"Collections":[],"MetricInterval":{"StartTime":"2026-11-22T10:15:00Z"}}],
                 "NextToken":"t\u0041","DataSnapshotTime":1764000000.25}
                """#))
        #expect(page.nextToken == "tA" && page.snapshot == .milliseconds(1_764_000_000_250))
        let expected = [
            MetricResult(queue: "q-1", channel: "VOICE", values: [nil, 2.5]),
            MetricResult(queue: "q-2", channel: "CHAT", start: 1_764_000_000, end: 1_764_003_600, values: [-10, nil]),
            MetricResult(agent: "a-1", start: 1_795_342_500, values: [nil, nil]),
        ]
        #expect(page.results == expected)
    }

    @Test(arguments: [
        "", "[]", "{}", "null", "<html>", #"{"MetricResults":{}}"#, #"{"MetricResults":null}"#, #"{"MetricResults":[}"#,
        #"{"MetricResults":[{"Collections":[{"Value":1e999}]}]}"#, "{\"MetricResults\":[],\"a\":\"\u{1}\"}",
    ])
    func `anything but a page is none`(text: String) {
        #expect(Self.page(text) == nil)
    }

    @Test(arguments: [
        #"{"MetricResults":["a",1,null,{"Collections":"x","Dimensions":[["QUEUE","q"]]}]}"#,
        #"{"MetricResults":[{"Collections":[[1],{"Metric":"A","Value":"3"}],"Dimensions":{"QUEUE":3}}]}"#,
        #"{"MetricResults":[{"MetricInterval":{"StartTime":true,"EndTime":1e300}}],"NextToken":3}"#,
    ])
    func `members of another type count as missing`(text: String) throws {
        let page = try #require(Self.page(text))
        #expect(page.nextToken == nil && page.results.allSatisfy { $0.values == [nil, nil] && $0.start == nil })
    }

    @Test func `a text's tokens are those that its events are`() throws {
        let text = Array(#"{"a":[1,-2.5e3,"x\né",true,false,null,{}],"b":{"c":[]}}"#.utf8)
        final class Recorder: JSONScanner {
            var tokens: [String] = []
            func take(_ token: JSONToken, _ text: UnsafeRawBufferPointer) {
                tokens.append("\(token)" + String(decoding: text, as: UTF8.self))
            }
        }
        let recorder = Recorder()
        try JSONText.scan(text, recorder)
        #expect(
            recorder.tokens == [
                "startObject", "keya", "startArray", "number1", "number-2.5e3", "stringx\né", "bool", "bool", "null",
                "startObject", "endObject", "endArray", "keyb", "startObject", "keyc", "startArray", "endArray",
                "endObject", "endObject",
            ])
    }
}
