import JSON
import LocalServices

/// A player of contact flows: prompts and questions on one side, functions and transfers on the other.
struct FlowPlayer {
    /// The effects of a flow.
    struct World: Sendable {
        /// Shows a line.
        var say: @Sendable (ShownLine) -> Void
        /// Returns the line that a person types next; nil when that person has hung up.
        var ask: @Sendable (CallPerson) async throws -> String?
        /// The same where the block encrypts the input, which nobody is told of then; nil: as `ask`.
        var askSecretly: (@Sendable (CallPerson) async throws -> String?)?
        /// Says what can be typed now, to a person alone.
        var hint: @Sendable (String) -> Void = { _ in }
        /// Invokes a function, within the block's limit.
        var invoke: @Sendable (_ function: String, _ event: [UInt8], _ limit: Duration) async -> InvocationOutcome
        /// Calls a number and sends it digits; returns when that call has ended.
        var transfer: @Sendable (_ number: String, _ digits: String, _ contact: FlowContact) async throws -> Transfer
        /// Returns the profile that a search finds; nil for none.
        var profile: @Sendable (_ identifier: String, _ value: String) -> JSONValue?
        /// Returns the flow or the module of the id or ARN of a transfer, a hook or an invocation.
        var flow: @Sendable (String) throws -> ContactFlow
        /// Returns the branch that was chosen for an action before the call; nil to play it.
        var choice: @Sendable (ContactFlow.Action) -> String? = { _ in nil }
        /// Returns an agent's answer to a view that is shown as it is, nil when the agent has closed it; without it an agent
        /// types at the terminal.
        var agent: (@Sendable (AgentView) async throws -> AgentAnswer?)?
        /// Returns a number from 1 to 100 for `DistributeByPercentage`.
        var percentage: @Sendable () -> Int = { Int.random(in: 1...100) }
        /// Called with each action that was taken.
        var took: @Sendable (FlowStep) -> Void = { _ in }
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

    /// The way on from an action.
    enum Way: Equatable {
        /// The action of that identifier, nil where the flow has no branch for what happened; and the branch's name where
        /// it is known: the error, or the operand that was chosen. Several branches may lead to one action.
        case to(String?, branch: String? = nil)
        /// The module's caller.
        case back
        /// The flow is over, or the caller has hung up.
        case over

        /// Returns the branch of an error, or of every other error where the action has none of it.
        static func error(_ type: String, of action: ContactFlow.Action) -> Way {
            let taken = action.error(type)
            return .to(taken?.next, branch: taken?.type ?? type)
        }
    }

    /// A module's caller, with what the module does not see.
    struct Caller {
        let flow: ContactFlow
        let action: ContactFlow.Action
        let flowAttributes: [String: JSONValue]
        let external: JSONValue?
        let loops: [String: Int]
    }

    /// The number of actions, since something was typed, after which a flow counts as looping for ever.
    static let longest = 1000

    var flow: ContactFlow
    var contact: FlowContact
    let world: World
    var loops: [String: Int] = [:]
    /// The id or ARN of the guide that opens when an agent accepts; nil for none.
    var guide: String?
    /// The callers of the modules that are running, the innermost last.
    var callers: [Caller] = []
    private var steps = 0
    /// The line that was typed last.
    private var typed: String?

    init(flow: ContactFlow, contact: FlowContact, world: World) {
        self.flow = flow
        self.contact = contact
        self.world = world
    }

    /// Plays to the end of the flow, or until the caller hangs up.
    ///
    /// A flow that leads nowhere, or does not end, is told and over.
    mutating func play() async throws {
        var next = flow.start
        while steps < Self.longest {
            steps += 1
            guard let action = flow[next] else {
                return world.say("(The flow leads to \"\(next)\", which is not there: run 'switchboard flow check'.)")
            }
            let (before, played) = (contact, flow)
            typed = nil
            let way = try await way(from: action)
            world.took(FlowStep(action, in: played, before: before, after: contact, way: way, typed: typed))
            switch way {
            case .to(let target?, _): next = target
            case .to(nil, _): return world.say("(\(action.title) has no branch for this: the contact ends here.)")
            case .back:
                guard let caller = callers.popLast() else { return world.say(ShownLine(.ended, "(The flow ends.)")) }
                guard let target = returned(from: action, to: caller) else {
                    return world.say("(\(caller.action.title) has no branch for this: the contact ends here.)")
                }
                next = target
            case .over: return
            }
        }
        world.say("(The flow has taken \(Self.longest) actions without waiting for anybody: it loops, and ends here.)")
    }

    /// Returns the next typed line; nil when the caller has hung up.
    mutating func ask(isSecret: Bool = false) async throws -> String? {
        steps = 0
        let ask = isSecret ? world.askSecretly ?? world.ask : world.ask
        // A chat is the agent's part: the guide.
        typed = try await ask(contact.channel == "CHAT" ? .agent : .caller)
        return typed
    }

    /// Returns the agent's answer to a view that `world.agent` shows.
    mutating func answer(to view: AgentView, _ agent: (AgentView) async throws -> AgentAnswer?) async throws
        -> AgentAnswer?
    {
        steps = 0
        return try await agent(view)
    }

    /// Takes one action, or the branch of it that was chosen.
    private mutating func way(from action: ContactFlow.Action) async throws -> Way {
        guard let choice = world.choice(action) else { return try await take(action) }
        world.say("(\"\(action.identifier)\": \(choice), as chosen.)")
        if let error = action.errors.first(where: { $0.type == choice }) { return .to(error.next, branch: choice) }
        if choice == "NextAction" { return .to(action.next, branch: choice) }
        if let next = condition(action, on: choice) { return .to(next, branch: choice) }
        return .to(branch(action, on: choice))
    }

    /// Returns the branch whose condition holds, else that of no match.
    func branch(_ action: ContactFlow.Action, on value: String) -> String? {
        condition(action, on: value) ?? action.error("NoMatchingCondition")?.next ?? action.next
    }

    /// Returns the branch whose condition holds; nil for none. Conditions may be references.
    func condition(_ action: ContactFlow.Action, on value: String) -> String? {
        for condition in action.conditions where !ContactFlow.Condition.operators.contains(condition.operator) {
            world.say("(\"\(action.identifier)\" compares by \(condition.operator), which is not played: no match.)")
        }
        return action.conditions.first { condition in
            condition.operands.contains { condition.holds(value, contact.text(.string($0))) }
        }?.next
    }

    /// Says why an action fails, and returns its branch for that error.
    func fails(_ action: ContactFlow.Action, _ reason: String, _ error: String = "NoMatchingError") -> Way {
        world.say("(\(action.title) \(reason): \(error).)")
        return .error(error, of: action)
    }
}

extension ContactFlow.Condition {
    /// The operators of the flow language; its page on DistributeByPercentage spells one of them another way.
    static let operators: Set = [
        "Equals", "TextStartsWith", "TextEndsWith", "TextContains", "NumberGreaterThan", "NumberGreaterOrEqualTo",
        "NumberLessThan", "NumberLessOrEqualTo", "NumericLessThan",
    ]

    /// Returns true when a value compares with an operand as the operator says. Case counts.
    func holds(_ value: String, _ operand: String) -> Bool {
        switch self.operator {
        case "Equals": value == operand
        case "TextStartsWith": value.hasPrefix(operand)
        case "TextEndsWith": value.hasSuffix(operand)
        case "TextContains": value.contains(operand)
        case "NumberGreaterThan": number(value, operand) { $0 > $1 }
        case "NumberGreaterOrEqualTo": number(value, operand) { $0 >= $1 }
        case "NumberLessThan", "NumericLessThan": number(value, operand) { $0 < $1 }
        case "NumberLessOrEqualTo": number(value, operand) { $0 <= $1 }
        default: false
        }
    }

    /// Compares two numbers; false for what is none.
    private func number(_ left: String, _ right: String, _ compare: (Double, Double) -> Bool) -> Bool {
        let form = /[+\-]?[0-9]+(\.[0-9]+)?([eE][+\-]?[0-9]+)?/
        guard left.wholeMatch(of: form) != nil, right.wholeMatch(of: form) != nil, let left = Double(left),
            let right = Double(right)
        else { return false }
        return compare(left, right)
    }
}
