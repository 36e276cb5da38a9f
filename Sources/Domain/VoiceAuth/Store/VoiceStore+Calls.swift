import AWS
import Calling
import JSON
import Settings

/// Twilio calls, and the items that lead from a call, a contact or a number to a session.
extension VoiceStore {
    /// The lifetime of links from a number to a CRM record's identity, and from a contact to its own, in seconds: a
    /// day.
    private static let linkSeconds = 86_400

    /// Handles a call of caller-id mode from that number; `From` in Twilio's form.
    ///
    /// Ends with `.unknown` when no `begin` of the number waits for a call, and for withheld numbers.
    package func arrive(
        from: String?, callSID: String, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> VoiceDecision {
        guard let caller = CallerIdentity(number: from), case .number(let number) = caller else {
            return VoiceDecision(identity: nil, answer: .end(.unknown))
        }
        let key = hash.caller(number)
        let own = VoicePlace(identity: hash.identity(caller), session: key)
        // Whichever of the two has begun: the record that the last flow named, or the number by itself.
        var places = [own]
        if let linked = try await place(linkedTo: key, deadline: deadline) { places.insert(linked, at: 0) }
        let call = hash.call(callSID)
        for place in places {
            let decision = try await apply(
                .called(session: place.session, call: call), to: place.identity, deadline: deadline)
            guard decision.answer != .end(.unknown) else { continue }
            if case .ask = decision.answer { try await remember(place, call: call, deadline: deadline) }
            return decision
        }
        return VoiceDecision(identity: nil, answer: .end(.unknown))
    }

    /// Applies an event of a call as a reply to its question `turn`.
    ///
    /// Ends with `.unknown` for a call that belongs to no session. The reply to another question than the current one
    /// changes nothing, and returns the current one with reason `.again`.
    package func advance(
        _ event: VoiceEvent.CallEvent, callSID: String, turn: Int, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> VoiceDecision {
        guard let place = try await place(ofCall: callSID, deadline: deadline) else {
            return VoiceDecision(identity: nil, answer: .end(.unknown))
        }
        let event = VoiceEvent.inCall(
            session: place.session, call: hash.call(callSID), turn: turn, event)
        return try await apply(event, to: place.identity, deadline: deadline)
    }

    /// Returns the question that a recording of the call replies to; nil when none of that turn was asked.
    ///
    /// A caller who has hung up has one, too: a recording in progress may still count.
    package func question(
        ofCall callSID: String, turn: Int, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> VoiceQuestion? {
        guard let place = try await place(ofCall: callSID, deadline: deadline),
            let identity = try await table.read(place.identity.text, deadline: deadline).item.map(VoiceIdentity.init),
            let call = identity.sessions[place.session]?.call, call.id == hash.call(callSID), call.turn == turn,
            let userID = identity.userID
        else { return nil }
        return VoiceQuestion(step: call.step, userID: userID, isHungUp: call.isHungUp)
    }

    /// Returns the place of the call's session; nil before the call belongs to one.
    package func place(
        ofCall callSID: String, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> VoicePlace? {
        try await place(under: hash.call(callSID).text, deadline: deadline)
    }

    /// Returns the place that `link` has stored for the contact or number.
    package func place(
        linkedTo key: SessionKey, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> VoicePlace? {
        try await place(under: key.text, deadline: deadline)
    }

    private func place(
        under id: String, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> VoicePlace? {
        try await table.read(id, deadline: deadline).item.flatMap(VoicePlace.init)
    }

    /// Links a contact or a number to a session of an identity that it does not name by itself.
    package func link(
        _ key: SessionKey, to place: VoicePlace, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) {
        var item = place.attributes
        item["expiresAt"] = .number(timing.expiry(after: Self.linkSeconds))
        try await table.put(key.text, item, deadline: deadline)
    }

    /// Has the call lead to its session.
    func remember(_ place: VoicePlace, call: CallKey, deadline: ContinuousClock.Instant) async throws(VoiceStoreError) {
        try await change(call.text, deadline: deadline) { item -> (Void, Change) in
            var item = item ?? ["expiresAt": .number(timing.expiry(after: Self.callSeconds))]
            guard VoicePlace(item) != place else { return ((), .keep) }
            item.merge(place.attributes) { $1 }
            return ((), .put(item))
        }
    }
}
