import ArgumentParser

/// Runs the project's Lambda functions on this machine.
@main
struct Switchboard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "switchboard",
        abstract: "Runs the project's Lambda functions on this machine, without Docker.",
        discussion: """
            A function is run as Lambda runs it: its bootstrap from dist/, under a Runtime API on loopback, with a local \
            AWS (moto) that checks signatures and keeps what arrives, and a local Salesforce where a variable is "local". \
            Build first: ./build.sh

              switchboard list
              switchboard invoke SendEmail --event events/SendEmail/01-guide-form.json
              echo '{"hello":"world"}' | switchboard invoke Echo --event -
              switchboard demo
              switchboard talk AlexaCRM
              switchboard deploy --local
              switchboard doctor
            """,
        version: BuildVersion.text,
        subcommands: [
            ListCommand.self, InvokeCommand.self, DemoCommand.self, TalkCommand.self, FlowCommand.self,
            CallCommand.self, TemplateCommand.self, DeployCommand.self, DoctorCommand.self,
        ])

    /// The command as it was typed, for what to try next; its bare name where that is a path from the root.
    static var invocation: String {
        guard let typed = CommandLine.arguments.first, !typed.hasPrefix("/") else { return "switchboard" }
        return typed
    }
}
