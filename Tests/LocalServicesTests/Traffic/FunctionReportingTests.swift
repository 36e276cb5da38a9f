import Foundation
import JSON
import LocalServices
import TestSupport
import Testing
import Timeline

/// Invocations as events.
@Suite(.takingTurns) struct FunctionReportingTests {
    @Test func `an invocation is reported with its event, response, log, times and memory`() async throws {
        let project = try TemporaryProject()
        let timeline = Timeline()
        var configuration = project.configuration
        configuration.reporting = FunctionReporting(timeline)
        configuration.reporting?.source = { TimelineSource("entry", command: "call entry") }
        configuration.reporting?.command = { name, event in "\(name) \(event.count)" }
        try await LocalFunction.withRunning(configuration) { function in
            _ = await function.invoke(Array(#"{"a":1}"#.utf8))
            _ = await function.invoke(Array(#"{"do":"fail"}"#.utf8), command: "its own")
        }
        let events = timeline.events()
        try #require(events.map(\.kind) == ["invocation", "invocation"])
        let (first, second) = (events[0], events[1])
        #expect(first.function == configuration.name && first.source == "entry" && first.outcome == .ok)
        #expect(first.title.hasPrefix("\(configuration.name) → ok in "))
        #expect(first.detail?["event"] == ["a": 1] && first.detail?["response"] == ["a": 1])
        #expect(first.detail?["cold"] == true && second.detail?["cold"] == false)
        #expect(first.detail?["initMilliseconds"] != nil && second.detail?["initMilliseconds"] == nil)
        #expect(first.detail?["memoryMB"]?.int ?? 0 > 0 && first.milliseconds ?? -1 >= 0)
        let log = first.detail?["log"]?.array?.compactMap(\.string) ?? []
        #expect(log.first?.hasPrefix("START RequestId: ") == true && log.last?.hasPrefix("REPORT RequestId: ") == true)
        #expect(first.detail?["requestId"]?.string.map { log[0].contains($0) } == true)
        #expect(first.command == "\(configuration.name) 7" && second.command == "its own")
        #expect(second.outcome == .failed && second.detail?["error"]?["errorType"] == "Function.X")
        #expect(second.title.contains("Function.X"))
    }

    @Test func `an event without a command of its own has its source's`() async throws {
        let project = try TemporaryProject()
        let timeline = Timeline()
        let current = TimelineSource.Current()
        var configuration = project.configuration
        configuration.reporting = FunctionReporting(timeline)
        configuration.reporting?.source = { current.value }
        configuration.reporting?.command = { _, _ in nil }
        try await LocalFunction.withRunning(configuration) { function in
            current.begin(TimelineSource("entry", command: "call entry"))
            _ = await function.invoke(Array("{}".utf8))
            await current.during(TimelineSource(nil, command: "invoke F")) {
                _ = await function.invoke(Array("{}".utf8))
            }
            _ = await function.invoke(Array("{}".utf8))
        }
        #expect(timeline.events().map(\.command) == ["call entry", "invoke F", "call entry"])
        #expect(timeline.events().map(\.source) == ["entry", nil, "entry"])
    }

    @Test func `the body of an HTTP event is text, so that what is secret in it is found`() {
        let event: JSONValue = [
            "rawPath": "/voice/code", "isBase64Encoded": true,
            "body": .string(Data("Digits=12345678&client_secret=abcdef".utf8).base64EncodedString()),
        ]
        let timeline = Timeline()
        timeline.report(
            FunctionReporting.event("F", event.bytes, outcome: .answer([]), duration: .milliseconds(12)))
        let shown = timeline.events().first?.detail?["event"]
        #expect(shown?["body"] == "Digits=12345678&client_secret=(secret)" && shown?["isBase64Encoded"] == false)
    }

    @Test(arguments: [(200, TimelineEvent.Outcome.ok), (404, .refused), (500, .failed)])
    func `the status of an HTTP response is its outcome`(status: Int, outcome: TimelineEvent.Outcome) {
        let response: JSONValue = ["statusCode": .number(status), "body": ""]
        let event = FunctionReporting.event("F", [], outcome: .answer(response.bytes), duration: .milliseconds(12))
        #expect(event.title == "F → \(status) in 12 ms" && event.outcome == outcome)
    }
}
