import JSON
import LocalServices

/// The functions that a flow invokes.
extension FlowPlayer {
    /// The number of attempts of a Lambda block, within its limit.
    private static let tries = 3

    mutating func invoke(_ action: ContactFlow.Action) async -> Way {
        let arn = contact.text(action.parameters["LambdaFunctionARN"])
        let event = contact.event(members(action, "LambdaInvocationAttributes"))
        let limit = Duration.seconds(Int(contact.text(action.parameters["InvocationTimeLimitSeconds"])) ?? 3)
        contact.external = nil
        guard !arn.isEmpty else { return fails(action, "names no function") }
        guard !action.isAsynchronous else {
            // Lambda queues the event: the flow sees neither the response nor a failure.
            _ = await world.invoke(arn, event, limit)
            world.hint("(\"\(action.identifier)\" does not wait for the response: $.External is empty.)")
            return .to(action.next)
        }
        let isStringMap = action.parameters["ResponseValidation"]?["ResponseType"]?.string != "JSON"
        let end = ContinuousClock.now + limit
        for attempt in 1...Self.tries where .now < end {
            let outcome = await world.invoke(arn, event, end - .now)
            guard !outcome.isError, let answer = try? JSONValue(parsing: outcome.payload) else {
                let failure = try? JSONValue(parsing: outcome.payload)
                let type = failure?["errorType"]?.string ?? "an unreadable response"
                if type == "ResourceNotFoundException" {
                    // The service's own error: no function has failed, and none will be there the next time.
                    let message = failure?["errorMessage"]?.string ?? type
                    world.say("(\(action.title) takes NoMatchingError: \(Self.line(message)))")
                    sayChoices(action)
                    return .error("NoMatchingError", of: action)
                }
                world.say("(\(action.identifier): \(type)\(attempt < Self.tries ? ", tried again" : ""))")
                if attempt == 1, let message = failure?["errorMessage"]?.string { world.hint("  \(message)") }
                continue
            }
            let isFlat = answer.object?.values.allSatisfy { $0.string != nil } == true
            guard outcome.payload.count < 32 << 10, isFlat || !isStringMap && answer.object != nil else {
                world.say("(\(action.identifier): the response is not a flat object of strings under 32 KB.)")
                break
            }
            contact.external = answer
            return .to(action.next)
        }
        return .error("NoMatchingError", of: action)
    }
}
