import AWS
import Calling

/// The result of an entered code.
package enum CodeEntry: Sendable, Equatable {
    /// The code is a session's, and the call is now that session's; carry out the decision.
    case accepted(VoiceDecision)
    /// The code is not one that waits for a call: the call ends.
    case wrong
    /// The code has too few digits, the call has used its one attempt, or a wrong code is repeated: the call ends, and
    /// nothing is counted.
    case none
    /// Too many wrong codes came from this number: the call ends, and the code was not checked.
    case barred
}

/// Hand-over codes of contact mode, each an item under its hash that leads to a session.
extension VoiceStore {
    /// The lifetime of an item about a call: Twilio ends calls after four hours.
    static let callSeconds = 14_400

    /// Returns a new random code; its hash goes into the `begin` that gives it out.
    package func drawCode() -> String { timing.code(digits: rules.codeDigits) }

    /// Links the code to the session, for `VOICE_CODE_SECONDS`; returns false when another session has the same code
    /// now.
    ///
    /// It is valid while it is the code of the session's last `begin`.
    package func keep(
        code: String, for place: VoicePlace, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> Bool {
        var item = place.attributes
        item["expiresAt"] = .number(timing.expiry(after: rules.codeSeconds))
        // In milliseconds, which a TTL cannot express.
        item["until"] = .number(timing.now() + rules.codeSeconds * 1000)
        let token = timing.token()
        item["token"] = .string(token)
        return try await change(hash.code(code).text, deadline: deadline) { existing -> (Bool, Change) in
            guard let existing else { return (true, .put(item)) }
            return (existing["token"]?.string == token, .keep)
        }
    }

    /// Handles the digits that the caller of a Twilio call has entered.
    ///
    /// A code belongs to the first call that sends it, and a call has one attempt; a webhook that Twilio repeats gets
    /// the first response again. `bar` counts wrong codes by number; nil for numbers shared by many callers.
    package func enter(
        code: String, callSID: String, bar: CodeBar?, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> CodeEntry {
        // A call that is in goes on where it is. It does not get in again when another call has taken its place.
        if try await place(ofCall: callSID, deadline: deadline) != nil {
            return .accepted(try await advance(.current, callSID: callSID, turn: 0, deadline: deadline))
        }
        let call = hash.call(callSID)
        let entry = try await entry(hash.code(code), of: call, deadline: deadline)
        guard entry != .another, code.utf8.count >= rules.codeDigits else { return .none }
        // The repeated webhook of a wrong code does not count again.
        let refusal = entry == .first ? CodeEntry.wrong : .none
        // Counted before it is checked: of many at once no more than ten are.
        if let bar, try await !take(bar, call, deadline: deadline) { return .barred }
        guard let place = try await bind(code, to: call, deadline: deadline) else { return refusal }
        // The contact has begun again since, under another identity.
        if let last = try await self.place(linkedTo: place.session, deadline: deadline), last != place {
            return refusal
        }
        let decision = try await apply(
            .called(session: place.session, call: call, code: hash.code(code)), to: place.identity, deadline: deadline)
        // A later begin of the contact has given out another code.
        guard decision.answer != .end(.unknown) else { return refusal }
        if let bar { try await giveBack(bar, call, deadline: deadline) }
        if case .ask = decision.answer { try await remember(place, call: call, deadline: deadline) }
        return .accepted(decision)
    }

    /// The entry of a call, which has one.
    private enum Entry {
        case first
        /// The first entry, repeated.
        case again
        case another
    }

    private func entry(
        _ entry: CodeKey, of call: CallKey, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> Entry {
        try await change(call.text, deadline: deadline) { item -> (Entry, Change) in
            if let first = item?["entry"]?.string { return (first == entry.text ? .again : .another, .keep) }
            var item = item ?? ["expiresAt": .number(timing.expiry(after: Self.callSeconds))]
            item["entry"] = .string(entry.text)
            return (.first, .put(item))
        }
    }

    /// Binds the code to the call; nil when it is not the code of a session, or another call's.
    private func bind(
        _ code: String, to call: CallKey, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> VoicePlace? {
        try await change(hash.code(code).text, deadline: deadline) { item -> (VoicePlace?, Change) in
            guard var item, let place = VoicePlace(item), timing.now() < item["until"]?.int ?? .max else {
                return (nil, .keep)
            }
            if let owner = item["call"]?.string { return (owner == call.text ? place : nil, .keep) }
            item["call"] = .string(call.text)
            return (place, .put(item))
        }
    }
}
