import ArgumentParser
import Testing

@testable import switchboard

struct HelpTests {
    private static func all(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        [command] + command.configuration.subcommands.flatMap { all($0) }
    }

    private static let commands = all(Switchboard.self)

    @Test func `help fits 80 columns, and what has columns of its own is not broken`() {
        #expect(Self.commands.count > 10)
        for command in Self.commands {
            let name = command.configuration.commandName ?? ""
            let help = Switchboard.helpMessage(for: command, columns: 80)
            for line in help.split(separator: "\n") { #expect(line.count <= 80, "\(name): \(line)") }
            // What is typed in a conversation or a call is told there, too, in lines of their own.
            guard name != "talk", name != "call" else { continue }
            for line in command.configuration.discussion.split(separator: "\n") where line.hasPrefix("  ") {
                #expect(line.count < 80, "\(name): \(line)")
            }
        }
    }

    @Test func `the overview has an example of every command that a newcomer wants`() {
        let examples = Switchboard.configuration.discussion
        for name in ["list", "invoke", "demo", "talk", "call", "flow", "deploy", "doctor"] {
            #expect(examples.contains("\n  switchboard \(name)"), "\(name)")
        }
    }
}
