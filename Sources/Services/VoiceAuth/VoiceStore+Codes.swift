package import AWS

/// What an entered code has led to.
package enum CodeEntry: Sendable, Equatable {
    /// It is the code of a session, and the call is now that session's; act on the decision.
    case accepted(VoiceDecision)
    /// Ask again; the next entry's `attempt` is this number.
    case askAgain(attempt: Int)
    /// Too many wrong codes, or too much silence: end the call.
    case ended(VoiceEnding)
}

/// Hand-over codes of contact mode, each an item under its hash that leads to a session.
extension VoiceStore {
    private static let draws = 10
    /// How long an item about a call is kept: Twilio ends calls after four hours.
    static let callSeconds = 14_400

    /// A new code that leads to the session, for `VOICE_CODE_SECONDS`; earlier ones stay good until they expire.
    package func makeCode(
        for place: VoicePlace, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> String {
        for _ in 0..<Self.draws {
            let code = timing.code(digits: rules.codeDigits)
            var item = place.attributes
            item["expiresAt"] = .number(timing.expiry(after: rules.codeSeconds))
            let token = timing.token()
            item["token"] = .string(token)
            let isOurs = try await change(hash.code(code), deadline: deadline) { existing -> (Bool, Change) in
                guard let existing else { return (true, .put(item)) }
                return (existing["token"]?.string == token, .keep)
            }
            if isOurs { return code }
        }
        throw AWSError(
            service: "DynamoDB", action: "PutItem", outcome: .refused,
            detail: "every code drawn is in use: raise VOICE_CODE_DIGITS")
    }

    /// Takes what the caller of a Twilio call has keyed in; nil or empty for silence.
    ///
    /// A code belongs to the first call that sends it. `attempt` is 0 for the call's first question, then what
    /// `.askAgain` said: a webhook that Twilio repeats counts once. The third wrong code ends the call.
    package func enter(
        code: String?, attempt: Int, callSID: String, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> CodeEntry {
        let call = hash.call(callSID)
        var place = try await place(ofCall: callSID, deadline: deadline)
        if place == nil, let code, !code.isEmpty {
            // A call that has ended by wrong codes gets in by no right one.
            if let ended = try await entry(call, attempt: attempt, count: nil, deadline: deadline) { return ended }
            place = try await bind(code, to: call, deadline: deadline)
            if let place { try await remember(place, call: call, deadline: deadline) }
        }
        guard let place else {
            let count = code?.isEmpty == false ? "wrongCodes" : "silences"
            return try await entry(call, attempt: attempt, count: count, deadline: deadline)
                ?? .askAgain(attempt: attempt)
        }
        return .accepted(
            try await apply(.called(session: place.session, call: call), to: place.identity, deadline: deadline))
    }

    /// Binds the code to the call; nil when it is not the code of a session, or another call's.
    private func bind(
        _ code: String, to call: String, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> VoicePlace? {
        try await change(hash.code(code), deadline: deadline) { item -> (VoicePlace?, Change) in
            guard var item, let place = VoicePlace(item) else { return (nil, .keep) }
            if let owner = item["call"]?.string { return (owner == call ? place : nil, .keep) }
            item["call"] = .string(call)
            return (place, .put(item))
        }
    }

    /// Counts a wrong code or a silence of the call, and says how to go on; without `count` only whether it has ended.
    private func entry(
        _ call: String, attempt: Int, count: String?, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> CodeEntry? {
        try await change(call, deadline: deadline) { item -> (CodeEntry?, Change) in
            var item = item ?? ["expiresAt": .number(timing.expiry(after: Self.callSeconds))]
            func number(_ name: String) -> Int { item[name]?.int ?? 0 }
            var change = Change.keep
            if let count, attempt == number("attempt") {
                item[count] = .number(number(count) + 1)
                item["attempt"] = .number(attempt + 1)
                change = .put(item)
            }
            if number("wrongCodes") >= VoiceRules.wrongCodes { return (.ended(.unknown), change) }
            if number("silences") > VoiceRules.repeatedPrompts { return (.ended(.silent), change) }
            return (count == nil ? nil : .askAgain(attempt: number("attempt")), change)
        }
    }
}
