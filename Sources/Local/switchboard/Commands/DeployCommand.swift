import ArgumentParser
import Foundation
import LocalServices
import Timeline

struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Deploys template.yaml, whole, to a local AWS.",
        usage: "switchboard deploy --local [<options>]",
        discussion: """
            The zips in dist/ and template.yaml go through CloudFormation into ministack, which runs every function with its \
            role's rights, behind its HTTP API, queue and rules. All groups are on; Salesforce, VoiceIt and Twilio are local \
            doubles, the secrets are filled and the buckets seeded. Prints the stack's outputs and how each thing is \
            reached, then a line for each request, invocation and message, e-mails in full, and stays up until Ctrl-C, \
            which deletes the stack and ends everything.

            --port gives everything an address that stays the same: the local AWS at that port, Salesforce at the next two, \
            VoiceIt and Twilio after them; keys and the HTTP API's id stay the same, too. In another terminal \
            eval "$(switchboard env)" leads the AWS CLI there.

              switchboard deploy --local
              switchboard deploy --local --port 4566
              switchboard deploy --local --parameter-overrides VoiceAuthBinding=caller-id

            For AWS itself: fill a group's values into samconfig.toml, then sam deploy --config-env guide, or another group: \
            docs/deploy.md has them all.
            """)

    @Flag(help: "Deploy to a local AWS, the only place that this command deploys to.")
    var local = false

    @OptionGroup var parameters: StackParameters

    @Option(help: "The local AWS's port; four more ports after it are used. Default: free ports, new each time.")
    var port: UInt16?

    @Flag(help: "Print no line for what happens while the stack is up.")
    var quiet = false

    @OptionGroup var salesforce: SalesforceFile
    @OptionGroup var events: EventsFile

    func validate() throws {
        guard local else {
            throw ValidationError(
                "switchboard deploy only deploys locally: give --local. For AWS, fill a group's values into samconfig.toml, "
                    + "then run sam deploy --config-env guide, or another group of docs/deploy.md.")
        }
        if let port, !(1024...65_531).contains(port) {
            throw ValidationError("--port takes a number from 1024 to 65531: the four ports after it are used, too.")
        }
        _ = try parameters.values()
    }

    func run() async throws {
        let project = try Project.locate()
        let deployment = StackDeployment(
            project: project, parameters: try parameters.values(), addition: try salesforce.addition(), port: port)
        let timeline = try events.timeline()
        if !quiet {
            let lines = StackLines()
            timeline.pass(to: { event in lines.lines(of: event).forEach { Terminal.print(payload: Array($0.utf8)) } })
        }
        let reader = !quiet || events.followsRequests ? timeline : nil
        try await Interruption.guarding {
            Terminal.say("Deploying template.yaml to a local AWS.")
            try await deployment.withRunning(reader) { deployment in
                let report = try await DeployReport(deployment)
                Terminal.print(payload: Array(report.text.utf8))
                deployment.beginReporting()
                while true { try await Task.sleep(for: .seconds(3600)) }
            }
        }
    }
}
