import ArgumentParser
import LocalServices

/// Runs the project's Lambda functions on this machine.
@main
struct Switchboard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "switchboard",
        abstract: "Runs the project's Lambda functions on this machine, without Docker.",
        discussion: """
            A function runs as on Lambda: its bootstrap from dist/, under a Runtime API on loopback, with a local AWS \
            that checks signatures and keeps what arrives, and local stand-ins for Salesforce, VoiceIt and Twilio. Build \
            first: ./build.sh

              switchboard list
              switchboard invoke SendEmail --event 01-guide-form
              switchboard demo
              switchboard talk AlexaCRM
              switchboard call voice-auth-contact
              switchboard console
              switchboard flow check
              switchboard deploy --local
              eval "$(switchboard env)"
              switchboard doctor
              switchboard new LookupCustomer --connect --salesforce
            """,
        version: BuildVersion.text,
        subcommands: [
            ListCommand.self, InvokeCommand.self, DemoCommand.self, TalkCommand.self, FlowCommand.self,
            CallCommand.self, ConsoleCommand.self, MetricsCommand.self, TemplateCommand.self, DeployCommand.self,
            EnvCommand.self,
            DoctorCommand.self,
            NewCommand.self,
            CompletionCommand.self,
        ])

    static func main() async {
        do {
            var command: any ParsableCommand
            let arguments = Array(CommandLine.arguments.dropFirst())
            command = try await asyncParseAsRoot(CommandWords.spelled(arguments, under: self))
            do {
                if var command = command as? any AsyncParsableCommand {
                    try await command.run()
                } else {
                    try command.run()
                }
            } catch let error where PlainError.isOfTheSystem(error) {
                throw Refusal(PlainError.sentence(of: error))
            }
        } catch {
            exit(withError: error)
        }
    }

    /// The command as it was typed, for what to try next; its bare name where that is a path from the root.
    static var invocation: String {
        guard let typed = CommandLine.arguments.first, !typed.hasPrefix("/") else { return "switchboard" }
        return typed
    }
}
