import Foundation
import LocalServices
import Timeline

/// A deployment of the project to a local AWS, as `deploy --local` and `console --stack` make it.
struct StackDeployment: Sendable {
    let project: Project
    /// Parameters of the template that replace those chosen for a local AWS.
    var parameters: [String: String] = [:]
    /// An addition to the local Salesforce, after those of the functions' own files.
    var addition: SalesforceAddition?
    /// The local AWS's port, from which the others are counted; nil for free ones.
    var port: UInt16?

    /// Runs `body` with the deployed stack, which `switchboard env` leads to, if it is the first; afterwards, however `body` ends,
    /// ends everything.
    ///
    /// - Parameter timeline: Gets what happens once `beginReporting` is called; nil when nobody reads it.
    func withRunning(
        _ timeline: Timeline?, _ body: @escaping @Sendable (LocalDeployment) async throws -> Void
    ) async throws {
        if try project.isTemplateStale() { Terminal.say("\(Template.file) \(Stacks.staleness).") }
        let root = project.root
        var configuration = LocalDeployment.Configuration(root: root)
        configuration.parameters = parameters
        configuration.salesforce = try project.functions.compactMap(\.salesforceFile).map(SalesforceFile.addition)
        configuration.salesforce += addition.map { [$0] } ?? []
        configuration.port = port ?? 0
        configuration.secret = try port.map { _ in try StackState.secret(in: root) }
        configuration.timeline = timeline
        let name = configuration.stackName
        configuration.command = { ShellCommand.invoke(deployed: "\(name)-\($0)", $1) }
        if let first = StackState.running(in: root) {
            Terminal.say(
                "A stack of this project is up already, in process \(first.processID): 'switchboard env' leads there until it "
                    + "ends.")
        }
        try await LocalDeployment.withRunning(configuration) { deployment in
            let state = StackState(
                processID: getpid(), environment: deployment.aws.environment, api: deployment.output("HttpApiUrl"))
            try state.write(in: root)
            defer { state.remove(in: root) }
            try await body(deployment)
        }
    }
}
