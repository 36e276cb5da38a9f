import TestSupport
import JSON
import Testing

@testable import switchboard

@Suite struct CallTerminalTests {
    @Test func `what is typed for somebody else is kept for them`() async throws {
        let script = try TalkScript("> agent hangs up\nBack.\n> call\n> hang up\n", named: "test.call")
        let terminal = CallTerminal(script)
        #expect(try await terminal.next(only: "agent hangs up"))
        terminal.say("Back.")
        #expect(try await !terminal.next(only: "agent hangs up"))
        #expect(try await terminal.next() == "call")
        #expect(try await terminal.next() == "hang up")
        #expect(try await !terminal.next(only: "agent hangs up"))
        #expect(try await terminal.next() == nil)
    }

    @Test(arguments: ["555", "+0123456789", "+1206555014a", "12065550142"])
    func `a caller's number that is not E.164 is refused`(number: String) throws {
        let project = try TemporaryProject()
        let run = try CommandRun(["call", "entry", "--from", number], in: project.root, input: "")
        run.wait()
        #expect(run.status == 1)
        #expect(run.errors.contains("--from \(number): A caller's number must be in E.164"), "\(run.errors)")
    }

    @Test func `a log of an invocation names what the flow sees`() {
        let lines = InvocationLog.external(["status": "sent", "parts": "2", "list": [1]])
        #expect(lines == ["$.External.list = [1]", "$.External.parts = 2", "$.External.status = sent"])
    }
}
