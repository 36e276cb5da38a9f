import ArgumentParser
import Console
import Foundation
import LocalServices
import Timeline

struct ConsoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "Shows everything on a local web page: calls, skills, messages, records, what happens.",
        usage: "switchboard console [<options>]",
        discussion: """
            One page on this machine, served by this command: call a contact flow and see it drawn, talk to a skill, \
            answer as an agent, read what was sent, change records, run functions, switch faults on, save what happened as \
            a test. Everything runs against the same local services as 'call', 'talk' and 'invoke'.

            It answers this machine's browsers alone, and its own page alone in them. Ctrl-C ends it, and everything that it \
            has started.

              switchboard console --open
            """)

    @Option(help: "The port of 127.0.0.1 to listen on; 0 for a free one.")
    var port = ConsoleServer.port

    @Flag(help: "Open the page in the browser.")
    var open = false

    func run() async throws {
        let project = try Project.locate()
        let command = self
        try await Interruption.guarding {
            let console = ConsoleRun(project, Timeline())
            try await console.serve(port: command.port) { url in
                Terminal.print(payload: Array("Console: \(url)".utf8))
                Terminal.say("Ctrl-C ends it.")
                if command.open { Self.openBrowser(url) }
            }
        }
    }

    /// Opens the page with the system's own command; without one the address is printed all the same.
    private static func openBrowser(_ url: String) {
        for opener in ["/usr/bin/xdg-open", "/usr/bin/open"] where FileManager.default.isExecutableFile(atPath: opener)
        {
            let process = Process()
            process.executableURL = URL(filePath: opener)
            process.arguments = [url]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            if (try? process.run()) != nil { return }
        }
        Terminal.say("No browser was found to open: open the address yourself.")
    }
}
