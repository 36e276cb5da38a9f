import Foundation
import TestSupport
import Testing

extension CommandTests {
    private static let expectations = [
        #""1-same":"$event""#, #""2-fails":{"errorType":"Function.X"}"#,
        #""3-crashes":{"errorType":"Runtime.ExitError"}"#,
    ]

    /// Four events, and what is expected of them, with `last` for the fourth.
    private func addEvents(_ last: String) throws {
        try project.add("events/Scripted/1-same.json", #"{"a":1}"#)
        try project.add("events/Scripted/2-fails.json", #"{"do":"fail"}"#)
        try project.add("events/Scripted/3-crashes.json", #"{"do":"crash"}"#)
        try project.add("events/Scripted/4-again.json", #"{"b":"x"}"#)
        try expect(last)
    }

    private func expect(_ last: String) throws {
        let all = Self.expectations + (last.isEmpty ? [] : [#""4-again":"# + last])
        try project.add("events/Scripted/expected.json", "{\(all.joined(separator: ","))}")
    }

    @Test func `the demo prints a line a function that fits 80 columns, totals, and what to try`() throws {
        try addEvents(#"{"b":"*","second":{"b":"$first"}}"#)
        let good = try run("demo")
        #expect(good.status == 0, "\(good.output) \(good.errors)")
        let lines = good.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 5 && lines.allSatisfy { $0.count <= 80 })
        #expect(lines[0].hasPrefix("Scripted      4 events   ok        "))
        #expect(lines[1].isEmpty && lines[2].hasPrefix("4 events, 4 as expected, in "))
        #expect(lines[3] == "Details: switchboard demo Scripted -v")
        #expect(!good.output.contains("\r") && !good.output.contains("\u{1B}"), "no terminal")
    }

    @Test func `a failure is shown with the expected and the actual response, and fails the demo`() throws {
        try addEvents(#"{"b":"y"}"#)
        let bad = try run("demo")
        #expect(bad.status == 1)
        #expect(
            bad.output.hasPrefix(
                """
                Scripted 4-again: FAILED
                  expected  {"b":"y"}
                  actual    {"b":"x"}
                  The function's log ends with:

                """))
        #expect(bad.output.contains("\nScripted      4 events   1 FAILED  "))
        #expect(bad.output.contains("\n4 events, 3 as expected, 1 FAILED, in "))
    }

    @Test func `an expectation may refer to the event before`() throws {
        try addEvents(#"{"after":"1-same","b":"$first"}"#)
        #expect(try run("demo").output.contains("Scripted 4-again: FAILED\n"))
        try project.add("events/Scripted/1-same.json", #"{"b":"x"}"#)
        #expect(try run("demo").status == 0)
        try expect(#"{"after":"5-none","b":"x"}"#)
        #expect(try run("demo").errors.contains("expects something of 5-none, but there is no such event"))
        try expect("")
        #expect(try run("demo").errors.contains("events/Scripted/4-again.json has no expectation"))
    }

    @Test func `demo -v has a line an event`() throws {
        try addEvents(#"{"b":"*","repeat":true}"#)
        let run = try run("demo", "-v")
        #expect(
            run.output.hasPrefix(
                """
                Scripted
                  1-same     the event
                  2-fails    Function.X "m"
                  3-crashes  Runtime.ExitError "
                """), "\(run.output)")
        #expect(run.output.contains("\n  4-again    b=x, then b=x\n"))
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `demo -v says to whom messages went`() throws {
        try project.add("events/Scripted/env.json", #"{"Scripted":{"EMAIL_FROM":"clinic@example.com"}}"#)
        try project.add("events/Scripted/1-send.json", #"{"do":"send"}"#)
        try project.add("events/Scripted/expected.json", #"{"1-send":{"email":"*"}}"#)
        let run = try run("demo", "-v")
        #expect(
            run.output.contains("  1-send  e-mail to jo@example.org, SMS to +4915112345678: email="), "\(run.output)")
        let brief = try self.run("demo").output
        #expect(brief.contains("  1 e-mail, 1 SMS\n") && !brief.contains("jo@example.org"))
    }

    @Test func `demo --json has an object an event and the totals on the last line`() throws {
        try addEvents(#"{"b":"y"}"#)
        let run = try run("demo", "--json")
        let lines = try run.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        try #require(lines.count == 5)
        #expect(lines.dropLast().map { $0["event"] as? String } == ["1-same", "2-fails", "3-crashes", "4-again"])
        #expect(lines[0]["status"] as? String == "ok" && lines[3]["status"] as? String == "failed")
        let differences = lines[3]["differences"] as? [[String: String]]
        #expect(differences == [["expected": #"{"b":"y"}"#, "actual": #"{"b":"x"}"#]])
        #expect(lines[4]["events"] as? Int == 4 && lines[4]["failed"] as? Int == 1)
        #expect(lines[4]["finished"] as? Bool == true)
    }

    @Test func `a demo that is interrupted says what was done, and leaves no process behind`() async throws {
        try project.add("events/Scripted/1-same.json", #"{"a":1}"#)
        try project.add("events/Scripted/2-hangs.json", #"{"do":"hang"}"#)
        try project.add(
            "events/Scripted/expected.json", #"{"1-same":"$event","2-hangs":{"errorType":"Sandbox.Timedout"}}"#)
        let run = try CommandRun(["demo"], in: project.root)
        #expect(await Processes.eventually { project.text("dist/Scripted/processes") != nil })
        run.send(SIGINT)
        run.wait()
        #expect(run.status == 130)
        #expect(run.output.hasPrefix("Scripted      1 of 2 events  stopped "), "\(run.output)")
        #expect(run.output.contains("\nStopped after 1 event, 1 as expected, in "))
        #expect(await Processes.eventually { Processes.naming(project.root.path).isEmpty })
    }
}
