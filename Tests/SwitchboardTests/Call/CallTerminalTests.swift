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
}
