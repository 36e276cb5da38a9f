import Foundation
import TestSupport
import Testing

extension CommandTests {
    @Test(arguments: [["lst"], ["invok", "Scripted"], ["flow", "chekc"], ["help", "dmeo"]])
    func `a mistyped command is answered with the nearest`(words: [String]) throws {
        let run = try CommandRun(words, in: project.root)
        run.wait()
        let meant = ["lst": "list", "invok": "invoke", "chekc": "check", "dmeo": "demo"]
        let (typed, right) = try #require(meant.first { words.contains($0.key) })
        #expect(run.status == 64)
        #expect(run.errors.hasPrefix("Error: There is no command \(typed). Did you mean \(right)?\n"), "\(run.errors)")
    }

    @Test func `commands and functions are taken in any case`() throws {
        #expect(try run("LIST").status == 0)
        #expect(try run("Help", "List").status == 0)
        #expect(try run("invoke", "scripted", "--event", "-", input: #"{"a":1}"#).output == "{\"a\":1}\n")
    }

    @Test func `an event is named as the demo names it, a folder lists its events`() throws {
        try project.add("events/Scripted/01-first.json", #"{"a":1}"#)
        try project.add("events/Scripted/02-second.json", #"{"a":2}"#)
        try project.add("events/Scripted/env.json", "{}")
        #expect(try run("invoke", "Scripted", "--event", "02-Second").output == "{\"a\":2}\n")
        #expect(try run("invoke", "Scripted", "--event", "events/Scripted/02-second.json").output == "{\"a\":2}\n")
        #expect(
            try run("invoke", "Scripted", "--event", "events/Scripted").errors
                == "Error: events/Scripted is a folder; its events are 01-first, 02-second.\n")
        #expect(
            try run("invoke", "Scripted", "--event", "02-secnd").errors
                == "Error: There is no event 02-secnd of Scripted, and no such file. Did you mean 02-second?\n")
    }

    @Test func `an event that is no JSON is told with its place, and given all the same`() throws {
        let run = try run("invoke", "Scripted", "--event", "-", input: "{\n\"a\":}")
        #expect(run.errors.hasPrefix("The event is not JSON (line 2, column 5): Lambda would refuse it.\n"))
        #expect(run.output == "{\n\"a\":}\n")
        try project.add("events/Scripted/1.json", "1")
        try project.add("events/Scripted/expected.json", "{\n  \"1\" \"$event\"}")
        #expect(try self.run("demo").errors.contains("expected.json is not JSON (line 2, column 7)."))
    }

    @Test func `a value for a variable that the flow does not leave open is refused`() throws {
        try project.add("integrations/connect/one.json", #"{"Actions":[{"Parameters":{"Text":"${QueueArn}"}}]}"#)
        let run = try run("flow", "render", "ONE", "--set", "QueueAnr=x")
        #expect(run.status == 1)
        #expect(run.errors == "Error: There is no variable QueueAnr in this flow. Did you mean QueueArn?\n")
        #expect(try self.run("flow", "render", "one", "--set", "QueueArn=x").output.contains(#""Text":"x""#))
        #expect(try self.run("flow", "check", ".").output.contains("cannot be read: it is a folder"))
    }

    @Test func `a folder for temporary files that is not there is named`() throws {
        try project.add("events/Scripted/1.json", "1")
        try project.add("events/Scripted/expected.json", #"{"1":"$event"}"#)
        let run = try CommandRun(["demo"], in: project.root, environment: ["TMPDIR": "/nonexistent"])
        run.wait()
        #expect(run.status == 1)
        #expect(run.errors.contains("TMPDIR is /nonexistent"), "\(run.errors)")
    }
}
