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

            --stack deploys template.yaml to a local AWS, as 'deploy --local' does, and works over that stack: functions \
            are invoked by Lambda's API with their roles' rights, Twilio's webhooks and links go to the stack's HTTP API. \
            It is always a stack of its own; eval "$(switchboard env)" leads the AWS CLI there, unless 'deploy --local' \
            runs already.

              switchboard console --open
              switchboard console --stack
              switchboard console --stack --parameter-overrides VoiceAuthBinding=caller-id
            """)

    @Option(help: "The port of 127.0.0.1 to listen on; 0 for a free one.")
    var port = ConsoleServer.port

    @Flag(help: "Open the page in the browser.")
    var open = false

    @Flag(help: "Deploy the stack to a local AWS, and work over it.")
    var stack = false

    @OptionGroup var parameters: StackParameters
    @OptionGroup var salesforce: SalesforceFile
    @OptionGroup var events: EventsFile

    func validate() throws {
        guard stack || parameters.parameterOverrides.isEmpty else {
            throw ValidationError("--parameter-overrides are the stack's: give --stack, too.")
        }
        _ = try parameters.values()
    }

    func run() async throws {
        let project = try Project.locate()
        let command = self
        let timeline = try events.timeline()
        let addition = try salesforce.addition()
        let deployment = try stack ? ownStack(project, addition) : nil
        try await Interruption.guarding {
            let console = ConsoleRun(project, timeline, stack: deployment, salesforce: addition)
            try await console.serve(port: command.port) { url in
                Terminal.print(payload: Array("Console: \(url)".utf8))
                if deployment != nil { Terminal.say("Deploying template.yaml to a local AWS.") }
                Terminal.say("Ctrl-C ends it.")
                if command.open { Self.openBrowser(url) }
            }
        }
    }

    private func ownStack(_ project: Project, _ addition: SalesforceAddition?) throws -> StackDeployment {
        if let running = StackState.running(in: project.root) {
            Terminal.say(
                "A stack of this project is up already, in process \(running.processID), and '\(Switchboard.invocation) env' "
                    + "goes on leading to it. The console cannot look into another process's services: it deploys a stack "
                    + "of its own.")
        }
        return StackDeployment(project: project, parameters: try parameters.values(), addition: addition)
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
