import ArgumentParser
import LocalServices

struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Deploys template.yaml, whole, to a local AWS.",
        usage: "switchboard deploy --local [<options>]",
        discussion: """
            The zips in dist/ and template.yaml go through CloudFormation into ministack, which runs every function with its \
            role's rights, behind its HTTP API, queue and rules. All groups are on; Salesforce, VoiceIt and Twilio are local \
            doubles, the secrets are filled and the buckets seeded. Prints the stack's outputs and how each thing is \
            reached, and stays up until Ctrl-C, which deletes the stack and ends everything.

              switchboard deploy --local
              switchboard deploy --local --parameter-overrides VoiceAuthBinding=caller-id

            For AWS itself: fill a group's values into samconfig.toml, then sam deploy --config-env guide, or another group: \
            docs/deploy.md has them all.
            """)

    @Flag(help: "Deploy to a local AWS, the only place that this command deploys to.")
    var local = false

    @Option(parsing: .upToNextOption, help: "Parameters of template.yaml, as Name=Value with spaces between them.")
    var parameterOverrides: [String] = []

    @OptionGroup var salesforce: SalesforceFile

    func validate() throws {
        guard local else {
            throw ValidationError(
                "switchboard deploy only deploys locally: give --local. For AWS, fill a group's values into samconfig.toml, "
                    + "then run sam deploy --config-env guide, or another group of docs/deploy.md.")
        }
        _ = try overrides()
    }

    func run() async throws {
        let project = try Project.locate()
        if try project.isTemplateStale() { Terminal.say("\(Template.file) \(Stacks.staleness).") }
        var configuration = LocalDeployment.Configuration(root: project.root)
        configuration.parameters = try overrides()
        configuration.salesforce = try project.functions.compactMap(\.salesforceFile).map(SalesforceFile.addition)
        configuration.salesforce += try salesforce.addition().map { [$0] } ?? []
        let chosen = configuration
        try await Interruption.guarding {
            Terminal.say("Deploying template.yaml to a local AWS.")
            try await LocalDeployment.withRunning(chosen) { deployment in
                Terminal.print(payload: Array(try await DeployReport(deployment).text.utf8))
                while true { try await Task.sleep(for: .seconds(3600)) }
            }
        }
    }

    private func overrides() throws -> [String: String] {
        try Dictionary(
            parameterOverrides.map { text in
                guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                    throw ValidationError("--parameter-overrides takes Name=Value, not \(text).")
                }
                return (String(text[..<equals]), String(text[text.index(after: equals)...]))
            }, uniquingKeysWith: { $1 })
    }
}
