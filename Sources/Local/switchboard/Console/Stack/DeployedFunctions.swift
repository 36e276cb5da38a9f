import LocalServices
import Timeline

/// The functions of a stack that a flow invokes.
struct DeployedFunctions: FlowInvoker {
    let deployment: LocalDeployment
    /// The project's names of those that are in the stack.
    let names: [String]
    /// The call, for the timeline.
    let source: TimelineSource

    func invoke(_ name: String, _ event: [UInt8]) async throws -> InvocationOutcome {
        guard let function = ExternalReferences.function(name, names) ?? names.first(where: { $0 == name }) else {
            throw Refusal("The flow invokes \(name), which is not a function of this stack.")
        }
        return try await deployment.invoke(function, event, source: source).outcome
    }
}
