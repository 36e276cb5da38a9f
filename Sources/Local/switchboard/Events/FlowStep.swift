import JSON
import Timeline

/// One action of a flow that was taken: with what, which branch, and what the contact holds then.
struct FlowStep: Sendable {
    let action: ContactFlow.Action
    /// The name of the flow's file; nil for one without.
    let flow: String?
    /// The action's parameters with their references resolved.
    let parameters: JSONValue
    /// The value that the branches are compared with, the keys that were typed, or the parameters of a function.
    let input: JSONValue?
    /// The result of the action: a function's response, stored input, a view's result.
    let result: JSONValue?
    /// The operand or the error of the branch, `NextAction`, or nil at an end.
    let branch: String?
    let next: String?
    let attributes: [String: JSONValue]
    let external: JSONValue?

    /// - Parameters:
    ///   - before: The contact when the action began.
    ///   - typed: The line that was typed meanwhile.
    init(
        _ action: ContactFlow.Action, in flow: ContactFlow, before: FlowContact, after: FlowContact,
        way: FlowPlayer.Way,
        typed: String?
    ) {
        self.action = action
        self.flow = flow.name
        parameters = before.value(action.parameters) ?? [:]
        attributes = after.attributes
        external = after.external
        switch action.type {
        case "InvokeLambdaFunction":
            input = .object(before.values(action.parameters["LambdaInvocationAttributes"]?.object ?? [:]))
            result = after.external
        case "Compare", "CheckAttribute":
            input = .string(before.text(action.parameters["ComparisonValue"]))
            result = nil
        case "ShowView":
            input = typed.map(JSONValue.string)
            result = after.views
        default:
            input = typed.map(JSONValue.string)
            result = after.storedInput != before.storedInput ? after.storedInput.map(JSONValue.string) : nil
        }
        switch way {
        case .to(let target, let known):
            next = target
            let compared = [input?.scalarText, after.views?["Action"]?.string, typed?.first.map(String.init)]
            branch =
                known ?? Self.branch(of: action, to: target, compared.compactMap { $0 }, after, isSilent: typed == "")
        case .back: (branch, next) = ("EndFlowModuleExecution", nil)
        case .over: (branch, next) = (nil, nil)
        }
    }

    /// Returns the name of the branch that leads to a block: several may, and the one that fits what was compared is it.
    private static func branch(
        of action: ContactFlow.Action, to target: String?, _ compared: [String], _ contact: FlowContact, isSilent: Bool
    ) -> String? {
        guard let target else { return nil }
        let conditions = action.conditions.filter { $0.next == target }
        let fits = conditions.first { condition in
            condition.operands.contains { operand in
                let operand = contact.text(.string(operand))
                return compared.contains { condition.holds($0, operand) }
            }
        }
        if let fits { return fits.operands.joined(separator: ", ") }
        let unmatched = isSilent ? ["InputTimeLimitExceeded", "TimeLimitExceeded"] : ["NoMatchingCondition"]
        if !action.conditions.isEmpty,
            let error = action.errors.first(where: { unmatched.contains($0.type) && $0.next == target })
        {
            return error.type
        }
        let error = action.errors.first { $0.next == target }
        // Of a function it is known whether it failed; of others only where an error leads elsewhere.
        let hasFailed =
            action.type == "InvokeLambdaFunction" && contact.external == nil && !action.isAsynchronous && error != nil
        if action.next == target, !hasFailed { return "NextAction" }
        return error?.type ?? conditions.first?.operands.joined(separator: ", ") ?? "NextAction"
    }

    /// True for a block with one way on, which nobody needs to be told.
    var isPlain: Bool { action.conditions.isEmpty && (branch == nil || branch == "NextAction") }

    /// The step as an event.
    func event(source: TimelineSource) -> TimelineEvent {
        let ending = [branch.map { " → \($0)" }, next.map { ": \($0)" }].compactMap { $0 }.joined()
        return TimelineEvent(
            .flow, "block", "\(action.identifier) (\(action.type))\(ending)",
            outcome: action.errors.contains { $0.type == branch } ? .failed : .ok, source: source.name,
            command: source.command,
            detail: .members([
                "block": .string(action.identifier), "type": .string(action.type), "parameters": parameters,
                "input": input, "result": result, "branch": branch.map(JSONValue.string),
                "next": next.map(JSONValue.string), "attributes": .object(attributes), "external": external,
                "flow": (flow ?? source.name).map(JSONValue.string),
            ]))
    }
}
