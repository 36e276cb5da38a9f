@testable import VoiceAuth

/// An identity with a sequence of events and a clock.
final class Story {
    let machine: VoiceMachine
    var identity: VoiceIdentity?
    var now = States.now
    var turn = 0
    /// The user that the last decision gave up.
    var userToDelete: String?

    init(_ rules: VoiceRules, _ identity: VoiceIdentity? = nil) {
        machine = VoiceMachine(rules: rules)
        self.identity = identity
    }

    @discardableResult func apply(_ event: VoiceEvent) -> MachineResponse {
        let decision = machine.decide(event, on: identity, at: now)
        identity = decision.identity
        userToDelete = decision.userToDelete
        if case .ask(let prompt) = decision.answer { turn = prompt.turn }
        return decision.answer
    }

    /// Replies to the last question of the call `call` in the session.
    @discardableResult func say(
        _ event: VoiceEvent.CallEvent, session: SessionKey = "s", call: CallKey = "call"
    ) -> MachineResponse {
        apply(.inCall(session: session, call: call, turn: turn, event))
    }

    /// In contact mode each contact has a session of its own, `s` for `me`; each begin gives out the code of its session.
    func begin(_ contact: ContactKey = "me", isAllowed: Bool = false, token: String = "token") -> MachineResponse {
        let session = session(contact)
        let begin = VoiceEvent.Begin(
            session: session, contact: contact, isAllowed: isAllowed, token: token, code: Self.code(of: session))
        let answer = apply(.begin(begin))
        return answer == .makeUser ? apply(.userMade(userID: "usr_1", begin)) : answer
    }

    func result(_ contact: ContactKey = "me") -> MachineResponse {
        apply(.result(session: session(contact), contact: contact))
    }

    func confirm(_ contact: ContactKey = "me", isAllowed: Bool = true) -> MachineResponse {
        apply(.confirm(session: session(contact), contact: contact, isAllowed: isAllowed))
    }

    func delete(_ contact: ContactKey = "me") -> MachineResponse {
        apply(.delete(session: session(contact), contact: contact, isAllowed: false))
    }

    private func session(_ contact: ContactKey) -> SessionKey {
        machine.rules.binding == .callerID || contact == "me" ? "s" : contact.session
    }

    private static func code(of session: SessionKey) -> CodeKey { "code#\(session.text)" }

    static func called(_ call: CallKey = "call", session: SessionKey = "s") -> VoiceEvent {
        .called(session: session, call: call, code: Self.code(of: session))
    }

    /// A whole call of a contact that has begun: consents and enrols where it is asked, then verifies.
    @discardableResult func prove(_ contact: ContactKey = "me", call: CallKey = "call") -> MachineResponse {
        let session = session(contact)
        var answer = apply(Self.called(call, session: session))
        while let prompt = Self.prompt(answer) {
            let event: VoiceEvent.CallEvent =
                switch prompt.step {
                case .consent: .consent(given: true)
                case .enroll: .enrolled
                case .verify, .ended: .verified
                }
            answer = say(event, session: session, call: call)
        }
        return answer
    }

    static func prompt(_ answer: MachineResponse) -> VoicePrompt? {
        if case .ask(let prompt) = answer { prompt } else { nil }
    }
}
