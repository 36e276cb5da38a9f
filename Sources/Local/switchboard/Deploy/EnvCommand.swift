import ArgumentParser
import Foundation

struct EnvCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "env",
        abstract: "Prints the variables that lead the AWS CLI to the stack of 'deploy --local' or 'console --stack'.",
        discussion: """
            Run it in another terminal while the stack is up:

              eval "$(switchboard env)"
              aws sqs list-queues
              aws lambda invoke --function-name switchboard-SendSMS /dev/stdout \\
                --payload file://events/SendSMS/01-guide-form.json

            It works with versions 1 and 2 of the AWS CLI: the address is given to each command, and version 2 takes a \
            payload as it is. The same lines are of use to programs with an AWS SDK. SWITCHBOARD_API is the HTTP API. Open \
            a new terminal to be rid of it. For fish: switchboard env --shell fish | source
            """)

    @Option(help: "The shell: sh, which bash and zsh read too, or fish.")
    var shell = StackVariables.Shell.sh

    func run() throws {
        let project = try Project.locate()
        guard let state = StackState.running(in: project.root) else {
            throw Refusal(
                "No stack is up: start one in another terminal with '\(Switchboard.invocation) deploy --local', or "
                    + "'\(Switchboard.invocation) console --stack'.")
        }
        Terminal.print(payload: Array(StackVariables(state: state, root: project.root).text(for: shell).utf8))
    }
}

extension StackVariables.Shell: ExpressibleByArgument {}
