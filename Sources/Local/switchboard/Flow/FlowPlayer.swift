import Foundation
import JSON
import LocalServices

/// A player of contact flows: prompts and questions on one side, functions and transfers on the other.
struct FlowPlayer {
    /// The effects of a flow.
    struct World: Sendable {
        /// Shows a line.
        var say: @Sendable (String) -> Void
        /// Returns the next typed line when the flow waits for it; nil when the caller has hung up.
        var ask: @Sendable () async throws -> String?
        /// Says what can be typed now, to a person alone.
        var hint: @Sendable (String) -> Void = { _ in }
        /// Invokes a function, within the block's limit.
        var invoke: @Sendable (_ function: String, _ event: [UInt8], _ limit: Duration) async -> InvocationOutcome
        /// Calls a number and sends it digits; returns when that call has ended.
        var transfer: @Sendable (_ number: String, _ digits: String, _ contact: FlowContact) async throws -> Transfer
        /// Returns the profile that a search finds; nil for none.
        var profile: @Sendable (_ identifier: String, _ value: String) -> JSONValue?
        /// Returns the flow of the id or ARN of a transfer to a flow.
        var flow: @Sendable (String) throws -> ContactFlow
    }

    /// The end of a transfer to another party.
    enum Transfer: Sendable, Equatable {
        /// The other party hung up: the flow goes on.
        case ended
        /// Nobody answered.
        case failed
        /// The customer hung up.
        case abandoned
    }

    /// The maximum number of actions before a flow counts as looping forever.
    static let longest = 500
    /// The number of attempts of a Lambda block, within its limit.
    private static let tries = 3

    var flow: ContactFlow
    var contact: FlowContact
    let world: World
    var loops: [String: Int] = [:]
    /// The id or ARN of the guide that opens when an agent accepts; nil for none.
    private(set) var guide: String?

    init(flow: ContactFlow, contact: FlowContact, world: World) {
        self.flow = flow
        self.contact = contact
        self.world = world
    }

    /// Plays to the end of the flow, or until the caller hangs up.
    mutating func play() async throws {
        var next: String? = flow.start
        for _ in 0..<Self.longest {
            guard let identifier = next else { return }
            guard let action = flow[identifier] else {
                throw Refusal("The flow leads to \"\(identifier)\", which is not there: run 'switchboard flow check'.")
            }
            next = try await take(action)
        }
        throw Refusal("The flow loops: it took \(Self.longest) actions without an end.")
    }

    /// Takes one action and returns the next; nil at the end.
    private mutating func take(_ action: ContactFlow.Action) async throws -> String? {
        switch action.type {
        case "MessageParticipant":
            prompt(action)
            return action.next
        case "GetParticipantInput": return try await input(action)
        case "Compare", "CheckAttribute":
            return branch(action, on: contact.text(action.parameters["ComparisonValue"]))
        case "UpdateContactAttributes":
            for (name, value) in action.parameters["Attributes"]?.object ?? [:] {
                contact.attributes[name] = .string(contact.text(value))
            }
            return action.next
        case "InvokeLambdaFunction": return await invoke(action)
        case "Loop": return loop(action)
        case "TransferParticipantToThirdParty": return try await transfer(action)
        case "ShowView": return try await show(action)
        case "GetCustomerProfile": return findProfile(action)
        case "TransferToFlow":
            flow = try world.flow(contact.text(action.parameters["ContactFlowId"]))
            loops = [:]
            return flow.start
        case "TransferContactToQueue":
            world.say("(Waits in the queue for an agent.)")
            try await openGuide()
            return nil
        case "DisconnectParticipant", "EndFlowExecution":
            let isCall = contact.call == nil && action.type == "DisconnectParticipant"
            world.say(isCall ? "(Amazon Connect hangs up.)" : "(The \(contact.call == nil ? "flow" : "guide") ends.)")
            return nil
        case "UpdateContactEventHooks":
            guide = action.parameters["EventHooks"]?["DefaultAgentUI"].map(contact.text) ?? guide
            return action.next
        case "UpdateContactTargetQueue", "UpdateContactRecordingBehavior", "UpdateContactTextToSpeechVoice",
            "UpdateFlowLoggingBehavior", "Wait":
            return action.next
        default: throw Refusal("\"\(action.identifier)\": \(action.type) is not supported by 'switchboard call'.")
        }
    }

    func prompt(_ action: ContactFlow.Action) {
        let text = contact.text(action.parameters["Text"])
        let speech = text.isEmpty ? SpokenText.plain(contact.text(action.parameters["SSML"])) : text
        world.say("Connect: \(speech)")
    }

    /// Returns the branch whose condition holds, else that of no match.
    func branch(_ action: ContactFlow.Action, on value: String) -> String? {
        action.conditions.first { $0.holds(value) }?.next ?? action.next(on: "NoMatchingCondition") ?? action.next
    }

    private mutating func invoke(_ action: ContactFlow.Action) async -> String? {
        let arn = contact.text(action.parameters["LambdaFunctionARN"])
        let event = contact.event(action.parameters["LambdaInvocationAttributes"]?.object ?? [:])
        let limit = Duration.seconds(Int(contact.text(action.parameters["InvocationTimeLimitSeconds"])) ?? 3)
        let isStringMap = action.parameters["ResponseValidation"]?["ResponseType"]?.string != "JSON"
        let end = ContinuousClock.now + limit
        contact.external = nil
        for attempt in 1...Self.tries where .now < end {
            let outcome = await world.invoke(arn, event, end - .now)
            guard !outcome.isError, let answer = try? JSONValue(parsing: outcome.payload) else {
                let failure = try? JSONValue(parsing: outcome.payload)
                let type = failure?["errorType"]?.string ?? "an unreadable response"
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
            return action.next
        }
        return action.next(on: "NoMatchingError")
    }

    private mutating func loop(_ action: ContactFlow.Action) -> String? {
        let count = Int(contact.text(action.parameters["LoopCount"])) ?? 0
        let done = loops[action.identifier, default: 0]
        loops[action.identifier] = done < count ? done + 1 : 0
        return branch(action, on: done < count ? "ContinueLooping" : "DoneLooping")
    }

    private func transfer(_ action: ContactFlow.Action) async throws -> String? {
        let number = contact.text(action.parameters["ThirdPartyPhoneNumber"])
        let digits = contact.text(action.parameters["ThirdPartyDTMFDigits"])
        guard digits.count <= 50, digits.allSatisfy({ "0123456789,*#".contains($0) }) else {
            throw Refusal("\"\(action.identifier)\" sends digits that Amazon Connect refuses.")
        }
        world.say("(Transfers to \(number).)")
        switch try await world.transfer(number, digits, contact) {
        case .abandoned: return nil
        case .failed: return action.next(on: "CallFailed")
        case .ended:
            let goesOn = action.parameters["ContinueFlowExecution"]?.string != "False"
            world.say(goesOn ? "(Back in the flow.)" : "(The call is over.)")
            return goesOn ? action.next : nil
        }
    }
}

extension ContactFlow.Condition {
    /// Returns true when a value matches the operands.
    func holds(_ value: String) -> Bool {
        operands.contains { operand in
            switch self.operator {
            case "Equals": value == operand
            case "TextStartsWith": value.hasPrefix(operand)
            case "TextEndsWith": value.hasSuffix(operand)
            case "TextContains": value.contains(operand)
            case "NumberGreaterThan": number(value, operand) { $0 > $1 }
            case "NumberGreaterOrEqualTo": number(value, operand) { $0 >= $1 }
            case "NumberLessThan": number(value, operand) { $0 < $1 }
            case "NumberLessOrEqualTo": number(value, operand) { $0 <= $1 }
            default: false
            }
        }
    }

    private func number(_ left: String, _ right: String, _ compare: (Double, Double) -> Bool) -> Bool {
        guard let left = Double(left), let right = Double(right) else { return false }
        return compare(left, right)
    }
}
