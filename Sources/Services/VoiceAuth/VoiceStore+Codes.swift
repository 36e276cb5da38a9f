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
    private static let wrongCodes = "wrongCodes"
    private static let silences = "silences"
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
            // To the millisecond, which a TTL cannot say.
            item["until"] = .number(timing.now() + rules.codeSeconds * 1000)
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
        // A call that is in goes on where it is. It does not get in again when another call has taken its place.
        if try await place(ofCall: callSID, deadline: deadline) != nil {
            return .accepted(try await advance(.current, callSID: callSID, turn: 0, deadline: deadline))
        }
        let call = hash.call(callSID)
        guard let code, !code.isEmpty else {
            return try await count(Self.silences, "\(attempt)", call, deadline: deadline).answer
        }
        // Counted before it is tried: of many that come at once no more than three are.
        let counted = try await count(Self.wrongCodes, "\(attempt) \(hash.code(code))", call, deadline: deadline)
        guard counted.isTried, let place = try await bind(code, to: call, deadline: deadline) else {
            return counted.answer
        }
        let decision = try await apply(
            .called(session: place.session, call: call, silences: counted.silences), to: place.identity,
            deadline: deadline)
        if case .ask = decision.answer { try await remember(place, call: call, deadline: deadline) }
        return .accepted(decision)
    }

    /// Binds the code to the call; nil when it is not the code of a session, or another call's.
    private func bind(
        _ code: String, to call: String, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> VoicePlace? {
        try await change(hash.code(code), deadline: deadline) { item -> (VoicePlace?, Change) in
            guard var item, let place = VoicePlace(item), timing.now() < item["until"]?.int ?? .max else {
                return (nil, .keep)
            }
            if let owner = item["call"]?.string { return (owner == call ? place : nil, .keep) }
            item["call"] = .string(call)
            return (place, .put(item))
        }
    }

    /// What is known of a call's entries.
    private struct Count {
        /// Whether the entry is one of those that may be tried.
        let isTried: Bool
        let silences: Int
        /// How to go on if the entry was wrong.
        let answer: CodeEntry
    }

    /// Counts a code or a silence of the call.
    ///
    /// `entry` tells a repeated webhook from another guess: the same one counts once, whatever question it answers.
    private func count(
        _ name: String, _ entry: String, _ call: String, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> Count {
        try await change(call, deadline: deadline) { item -> (Count, Change) in
            var item = item ?? ["expiresAt": .number(timing.expiry(after: Self.callSeconds))]
            var entries = item["entries"]?.list ?? []
            var change = Change.keep
            if Self.ending(item) == nil, !entries.contains(.string(entry)) {
                entries.append(.string(entry))
                item["entries"] = .list(entries)
                item[name] = .number((item[name]?.int ?? 0) + 1)
                change = .put(item)
            }
            let answer = Self.ending(item).map(CodeEntry.ended) ?? .askAgain(attempt: entries.count)
            let count = Count(
                isTried: entries.contains(.string(entry)), silences: item[Self.silences]?.int ?? 0, answer: answer)
            return (count, change)
        }
    }

    /// How the call has ended before it had a code; nil when it has not.
    private static func ending(_ item: Item) -> VoiceEnding? {
        if item[Self.wrongCodes]?.int ?? 0 >= VoiceRules.wrongCodes { return .unknown }
        return item[Self.silences]?.int ?? 0 > VoiceRules.repeatedPrompts ? .silent : nil
    }
}
