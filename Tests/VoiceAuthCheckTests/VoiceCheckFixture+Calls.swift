import VoiceAuth

@testable import VoiceAuthCheck

/// Twilio's side.
extension VoiceCheckFixture {
    var deadline: ContinuousClock.Instant { .now + .seconds(8) }

    /// Plays a call that replies to its questions, until it ends or `events` are used up; consent and enrolments by
    /// itself.
    @discardableResult
    func call(
        _ callSID: String, code: String? = nil, from: String? = VoiceCheckFixture.number,
        _ verifications: [VoiceEvent.CallEvent] = [.verified]
    ) async throws -> VoiceEnding? {
        var decision: VoiceDecision
        if store.rules.binding == .contact {
            guard
                // Twilio receives no commas: Amazon Connect turns them into pauses.
                case .accepted(let entered) = try await store.enter(
                    code: (code ?? "").filter { $0 != "," }, callSID: callSID,
                    bar: store.bar(of: from, shared: []), deadline: deadline)
            else { return nil }
            decision = entered
        } else {
            decision = try await store.arrive(from: from, callSID: callSID, deadline: deadline)
        }
        var verifications = verifications[...]
        while true {
            guard case .ask(let prompt) = decision.answer else { break }
            let event: VoiceEvent.CallEvent
            switch prompt.step {
            case .consent: event = .consent(given: true)
            case .enroll: event = .enrolled
            case .verify:
                guard let next = verifications.popFirst() else { return nil }
                event = next
            case .ended(let ending): return ending
            }
            decision = try await store.advance(event, callSID: callSID, turn: prompt.turn, deadline: deadline)
        }
        if case .end(let ending) = decision.answer { return ending }
        return nil
    }

    /// Begins, and has a call enrol and verify: the identity is enrolled afterwards.
    func enroll(contact: String = "enrolling", _ parameters: [String: Any] = [:]) async throws {
        let output = try await ask("begin", parameters, contact: contact)
        try await call("CA-\(contact)", code: output.handoverCode)
        if store.rules.binding == .callerID {
            _ = try await ask("begin", parameters, contact: contact + "-again")
            try await call("CA-\(contact)-again")
            _ = try await ask("begin", parameters, contact: contact + "-third")
        } else {
            _ = try await ask("result", parameters, contact: contact)
        }
    }

    /// The same, with a voice that somebody has vouched for.
    func enrollVouched(contact: String = "enrolling", _ parameters: [String: Any] = [:]) async throws {
        try await enroll(contact: contact, parameters.merging(Self.allowed) { $1 })
    }
}

extension VoiceOutput {
    /// The flow's branch; nil for a sweep's.
    var branch: VoiceBranch? {
        if case .branch(let branch, _) = self { branch } else { nil }
    }

    /// The hand-over code with its commas.
    var handoverCode: String? {
        if case .branch(_, let code) = self { code } else { nil }
    }
}
