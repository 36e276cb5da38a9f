import JSON
import LocalServices

/// Blocks that hand the contact to somebody else, or to another flow.
extension FlowPlayer {
    func transfer(_ action: ContactFlow.Action) async throws -> Way {
        let number = contact.text(action.parameters["ThirdPartyPhoneNumber"])
        let digits = contact.text(action.parameters["ThirdPartyDTMFDigits"])
        guard contact.channel == "VOICE" else { return fails(action, "works in calls alone") }
        guard digits.count <= 50, digits.allSatisfy({ "0123456789,*#".contains($0) }) else {
            return fails(action, "sends digits that Amazon Connect refuses")
        }
        world.say(ShownLine(.transferred, "(Transfers to \(number).)"))
        switch try await world.transfer(number, digits, contact) {
        case .abandoned: return .over
        case .failed: return .error("CallFailed", of: action)
        case .ended:
            let goesOn = !action.has("ContinueFlowExecution", "False")
            world.say(goesOn ? "(Back in the flow.)" : ShownLine(.ended, "(The call is over.)"))
            return goesOn ? .to(action.next) : .over
        }
    }

    /// Waits in the queue, where an agent accepts the contact.
    func waitInQueue(_ action: ContactFlow.Action) async throws -> Way {
        world.say(ShownLine(.transferred, "(Waits in \(queueInWords).)"))
        try await openGuide()
        return .over
    }

    /// The queue that the flow has set: an agent's own, one of several by its name, or the only one.
    private var queueInWords: String {
        guard let arn = contact.queue?["ARN"]?.string else { return "the queue for an agent" }
        guard let name = contact.queue?["Name"]?.string else { return "the queue of the agent \(arn)" }
        let queues = flow.actions.filter { $0.type == "UpdateContactTargetQueue" }
            .compactMap { $0.parameters["QueueId"]?.scalarText }
        return Set(queues).count > 1 ? "the queue \"\(name)\" for an agent" : "the queue for an agent"
    }

    /// Plays the guide that the flow has set, like an agent's workspace: in a contact of its own.
    private func openGuide() async throws {
        // A guide opens none of its own: its contact waits for no agent.
        guard let guide, contact.call == nil else { return }
        let flow: ContactFlow
        do {
            flow = try world.flow(guide)
        } catch let refusal as Refusal {
            return world.say("(An agent accepts. No guide opens: \(refusal))")
        }
        world.say("(An agent accepts, and the guide opens.)")
        var player = FlowPlayer(flow: flow, contact: contact.guide(), world: world)
        try await player.play()
    }

    /// Goes on with another flow, which sees everything but this one's own attributes.
    mutating func transferToFlow(_ action: ContactFlow.Action) -> Way {
        let id = contact.text(action.parameters["ContactFlowId"])
        do {
            flow = try world.flow(id)
        } catch {
            return fails(action, "cannot go to the flow \(id): \(Self.line(PlainError.sentence(of: error)))")
        }
        (loops, callers, contact.flowAttributes) = ([:], [], [:])
        contact.others["Loop"] = nil
        return .to(flow.start)
    }

    /// Plays a module where there is a file of it; it has its own flow attributes, loops and `$.External`.
    mutating func invokeModule(_ action: ContactFlow.Action) -> Way {
        let id = contact.text(action.parameters["FlowModuleId"])
        guard let module = try? world.flow(id) else {
            world.say("(\"\(action.identifier)\": the module \(id) is not here, and taken as played.)")
            sayChoices(action)
            return .to(action.next)
        }
        // "Flow modules" in the Administrator Guide.
        guard callers.count < 5 else { return fails(action, "is the sixth module within another") }
        callers.append(
            Caller(
                flow: flow, action: action, flowAttributes: contact.flowAttributes, external: contact.external,
                loops: loops))
        (flow, contact.flowAttributes, contact.external, loops) = (module, [:], nil, [:])
        let input = members(action, "Input").isEmpty ? members(action, "Data") : members(action, "Input")
        contact.others["Modules"] = ["Input": .object(contact.values(input))]
        return .to(flow.start)
    }

    /// Returns to a module's caller, and its branch for the result that the module ends with.
    mutating func returned(from end: ContactFlow.Action, to caller: Caller) -> String? {
        flow = caller.flow
        let results = end.parameters.object ?? [:]
        let data = results.values.first { $0.object != nil }.flatMap(contact.value)
        let operands = caller.action.conditions.flatMap(\.operands)
        let result = results.values.map(contact.text).first(where: operands.contains)
        contact.others["Modules"] = .members(["Result": result.map(JSONValue.string), "ResultData": data])
        (contact.flowAttributes, contact.external, loops) = (caller.flowAttributes, caller.external, caller.loops)
        return result.flatMap { condition(caller.action, on: $0) } ?? caller.action.next
    }
}
