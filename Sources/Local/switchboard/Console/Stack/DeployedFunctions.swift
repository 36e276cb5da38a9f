import LocalServices

/// The functions of a stack that a flow invokes.
struct DeployedFunctions: FlowInvoker {
    let deployment: LocalDeployment
    /// The project's names of those that are in the stack.
    let names: [String]
    /// The flow's name, for the timeline.
    let source: String

    func invoke(_ name: String, _ event: [UInt8]) async throws -> InvocationOutcome {
        guard let function = ExternalReferences.function(name, names) ?? names.first(where: { $0 == name }) else {
            throw Refusal("The flow invokes \(name), which is not a function of this stack.")
        }
        return try await deployment.invoke(function, event, source: source).outcome
    }
}
