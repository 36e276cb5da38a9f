import JSON

/// Each type of block: played, without an effect here, or said not to be played.
extension FlowPlayer {
    /// Settings that nobody in a call notices.
    private static let settings: Set = [
        "UpdateContactMediaProcessing", "UpdateContactRecordingAndAnalyticsBehavior", "UpdateContactRecordingBehavior",
        "UpdateContactRoutingBehavior", "UpdateContactRoutingCriteria", "UpdateFlowLoggingBehavior",
        "UpdatePreviousContactParticipantState", "UpdateRoutingCriteria",
    ]

    /// Takes one action and returns the way on.
    mutating func take(_ action: ContactFlow.Action) async throws -> Way {
        switch action.type {
        case "GetParticipantInput": return try await input(action)
        case "ConnectParticipantWithLexBot": return try await bot(action)
        case "MessageParticipantIteratively": return try await loopPrompts(action)
        case "InvokeLambdaFunction": return await invoke(action)
        case "TransferParticipantToThirdParty": return try await transfer(action)
        case "ShowView": return try await show(action)
        case "TransferContactToQueue", "DequeueContactAndTransferToQueue": return try await waitInQueue(action)
        default: return takeAtOnce(action)
        }
    }

    /// Takes an action that waits for nobody.
    private mutating func takeAtOnce(_ action: ContactFlow.Action) -> Way {
        switch action.type {
        case "MessageParticipant":
            prompt(action.parameters, of: action)
            return .to(action.next)
        // The name that the preview had for it.
        case "Compare", "CheckAttribute":
            return .to(branch(action, on: contact.text(action.parameters["ComparisonValue"])))
        case "Loop": return loop(action)
        case "Wait": return wait(action)
        case "CheckHoursOfOperation", "CheckMetricData", "DistributeByPercentage", "GetMetricData":
            return check(action)
        case "GetCustomerProfile", "CreateCustomerProfile", "UpdateCustomerProfile": return profile(action)
        case "TransferToFlow": return transferToFlow(action)
        case "InvokeFlowModule": return invokeModule(action)
        case "EndFlowModuleExecution": return .back
        case "TransferContactToAgent":
            world.say(ShownLine(.transferred, "(Is connected to the agent.)"))
            return .over
        case "DisconnectParticipant", "EndFlowExecution":
            let isCall = contact.call == nil && action.type == "DisconnectParticipant"
            let end = isCall ? "(Amazon Connect hangs up.)" : "(The \(contact.call == nil ? "flow" : "guide") ends.)"
            world.say(ShownLine(.ended, end))
            return .over
        case "UpdateContactAttributes", "UpdateFlowAttributes", "TagContact", "UntagContact", "UpdateContactData",
            "UpdateContactTargetQueue", "UpdateContactCallbackNumber", "CreateCallbackContact",
            "UpdateContactEventHooks", "UpdateContactTextToSpeechVoice", "UpdateContactMediaStreamingBehavior":
            return update(action)
        default: return unplayed(action)
        }
    }

    /// Takes an action that has no effect here, and says so unless nobody would notice it.
    private func unplayed(_ action: ContactFlow.Action) -> Way {
        if Self.settings.contains(action.type) { return .to(action.next) }
        guard action.block != nil else {
            return fails(action, "is of a type that Amazon Connect does not have")
        }
        let first = action.conditions.first { $0.operator == "Equals" && $0.operands.count == 1 }
        let way = first.flatMap(\.operands.first) ?? "success"
        world.say("(\"\(action.identifier)\": \(action.type) is not played, and taken as: \(way).)")
        sayChoices(action)
        return .to(first?.next ?? action.next)
    }

    /// Says to a person how the other branches are taken.
    func sayChoices(_ action: ContactFlow.Action) {
        let names = action.conditions.flatMap(\.operands) + action.errors.map(\.type)
        guard !names.isEmpty else { return }
        world.hint(
            "  For another branch, before the call: choose \(action.identifier)=\(names.joined(separator: " | "))")
    }
}
