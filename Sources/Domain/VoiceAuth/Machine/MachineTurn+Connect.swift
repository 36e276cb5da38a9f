/// The requests of the contact flow.
extension MachineTurn {
    /// The time limit for creating a VoiceIt user: longer than an invocation has for it.
    private static let makingMilliseconds = 5000
    /// The age below which a begun session need not be written again for another begin of the same contact.
    private static let freshMilliseconds = 10_000

    mutating func begin(_ begin: VoiceEvent.Begin) -> MachineResponse {
        let session = identity.sessions[begin.session]
        if rules.binding == .callerID {
            if let told = session?.answer(toRetryBy: begin.contact, at: now) { return .branch(told) }
            // Whatever the outcome: the call has gone to this contact.
            identity.sessions[begin.session]?.supersede(by: begin.contact)
        }
        if identity.optedOutAt != nil { return .branch(.optedOut) }
        if isLocked { return .branch(.lockedOut) }
        guard identity.isEnrolled(rules) || mayEnroll(isAllowed(begin)) else { return .branch(.notEnrolled) }
        guard identity.userID != nil else {
            if let making = identity.making, making.until > now, making.token != begin.token { return .wait }
            identity.making = .init(token: begin.token, until: now + Self.makingMilliseconds)
            return .makeUser
        }
        if rules.binding == .callerID, let proof = session?.proof {
            guard isCurrent(proof) else {
                record(.proofExpired, begin.contact)
                open(begin, .failedVerified)
                return .branch(.failedVerified)
            }
            return .branch(consume(proof, begin.session, begin.contact))
        }
        let branch: VoiceBranch = identity.isEnrolled(rules) ? .verify : .enroll
        guard let session, session.call == nil else {
            open(begin, branch)
            return .branch(branch)
        }
        let isFresh = (0..<Self.freshMilliseconds).contains(now - session.begunAt)
        let answer = session.answer(to: begin, now: branch, isFresh: isFresh)
        let isSame = isFresh && session.contact == begin.contact && session.isAllowed == begin.isAllowed
        if rules.binding == .contact || !isSame { open(begin, answer) }
        return .branch(answer)
    }

    mutating func userMade(_ userID: String, _ begin: VoiceEvent.Begin) -> MachineResponse {
        // The decision is made again after a write whose response was lost.
        if identity.userID == userID { return .branch(.enrollFromScratch) }
        guard identity.userID == nil, identity.optedOutAt == nil, identity.making?.token == begin.token else {
            return .discardUser
        }
        identity.forgetVoiceprint()
        identity.userID = userID
        identity.making = nil
        record(.userMade, begin.contact)
        open(begin, .enrollFromScratch)
        return .branch(.enrollFromScratch)
    }

    mutating func userNotMade(_ token: String) -> MachineResponse {
        if identity.making?.token == token { identity.making = nil }
        return .none
    }

    mutating func result(_ key: SessionKey, _ contact: ContactKey?) -> MachineResponse {
        let session = identity.sessions[key]
        if let told = session?.answer(toRetryBy: contact, at: now) { return .branch(told) }
        if rules.binding == .callerID, let contact, session?.superseded.contains(contact) == true {
            return .branch(.handedOver)
        }
        if let proof = session?.proof, isCurrent(proof) { return .branch(consume(proof, key, contact)) }
        if identity.optedOutAt != nil { return .branch(.optedOut) }
        if isLocked { return .branch(.lockedOut) }
        return .branch(rules.binding == .contact && session?.isAdmitted != true ? .retry : .failedVerified)
    }

    mutating func confirm(_ key: SessionKey, _ contact: ContactKey?, isAllowed: Bool) -> MachineResponse {
        guard isAllowed, identity.optedOutAt == nil, let session = identity.sessions[key] else {
            return .branch(.failedVerified)
        }
        let proof = session.proof.flatMap { isCurrent($0) && isOwn(session, contact) ? $0 : nil }
        let hasConsumed = session.hasConsumed(contact, userID: identity.userID, at: now)
        // A recording that was added after the proof may be another person's.
        guard let provedAt = proof?.at ?? (hasConsumed ? session.consumed?.provedAt : nil),
            provedAt >= identity.unvouchedAt ?? 0
        else { return .branch(.failedVerified) }
        if let proof { _ = consume(proof, key, contact) }
        let isNew = identity.unvouchedAt != nil || identity.sessions[key]?.consumed?.isVerified != true
        if isNew { record(.confirmed, contact) }
        identity.unvouchedAt = nil
        identity.sessions[key]?.consumed?.isVerified = true
        identity.sessions[key]?.consumed?.isPast = false
        return .branch(.verified)
    }

    mutating func optOut(_ contact: ContactKey?) -> MachineResponse {
        userToDelete = identity.userID
        identity.forgetVoiceprint()
        if identity.optedOutAt == nil {
            identity.optedOutAt = now
            identity.sessions = [:]
            identity.making = nil
            record(.optedOut, contact)
        }
        return .branch(.optedOut)
    }

    mutating func delete(_ key: SessionKey?, _ contact: ContactKey?, isAllowed: Bool) -> MachineResponse {
        if !isAllowed {
            guard identity.optedOutAt == nil else { return .branch(.failedVerified) }
            let session = key.flatMap { identity.sessions[$0] }
            let wasVerified =
                session?.consumed?.isVerified == true
                && session?.hasConsumed(contact, userID: identity.userID, at: now) == true
            guard wasVerified || !identity.hasRecordings else { return .branch(.failedVerified) }
        }
        userToDelete = identity.userID
        erase(contact)
        return .branch(.deleted)
    }

    mutating func voiceprintDeleted() -> MachineResponse {
        if !identity.isBlank { record(.voiceprintDeleted, ContactKey?.none) }
        return .none
    }

    // MARK: - Parts

    /// Leaves nothing but the history, under its own key.
    private mutating func erase(_ contact: ContactKey?) {
        guard !identity.isBlank else { return }
        record(.deleted, contact)
        archive = identity.audit
        identity = VoiceIdentity()
    }

    func mayEnroll(_ isAllowed: Bool) -> Bool { rules.enrollment == .open || isAllowed }

    /// Returns true when the flow has authenticated the caller in another way, now or at an earlier begin of the
    /// contact: in contact mode a session belongs to one contact, in caller-id mode to every contact of the number.
    private func isAllowed(_ begin: VoiceEvent.Begin) -> Bool {
        begin.isAllowed || (rules.binding == .contact && identity.sessions[begin.session]?.isAllowed == true)
    }

    /// Returns true when the proof is neither too old nor from the future, and its voiceprint still exists and is
    /// wanted.
    private func isCurrent(_ proof: VoiceSession.Proof) -> Bool {
        proof.userID == identity.userID && identity.optedOutAt == nil
            && (0...rules.proofSeconds * 1000).contains(now - proof.at)
    }

    /// Returns true when the session is the contact's: in caller-id mode it is of the last one that began.
    private func isOwn(_ session: VoiceSession, _ contact: ContactKey?) -> Bool {
        contact != nil && session.contact == contact
    }

    /// Gives the proof to the contact, and to no other.
    private mutating func consume(_ proof: VoiceSession.Proof, _ key: SessionKey, _ contact: ContactKey?) -> VoiceBranch
    {
        let isVerified = rules.binding == .callerID || identity.unvouchedAt == nil
        identity.sessions[key]?.proof = nil
        identity.sessions[key]?.consumed = contact.map {
            .init(contact: $0, at: now, provedAt: proof.at, userID: proof.userID, isVerified: isVerified)
        }
        record(.proofConsumed, contact?.session ?? key)
        return isVerified ? .verified : .enrolled
    }

    /// Begins a round: an earlier proof that was not requested stays in contact mode, where it is the same caller's.
    private mutating func open(_ begin: VoiceEvent.Begin, _ branch: VoiceBranch) {
        let last = identity.sessions[begin.session]
        var session = VoiceSession(
            branch: branch, contact: begin.contact, isAllowed: isAllowed(begin), begunAt: now, code: begin.code)
        session.consumed = last?.consumed
        switch rules.binding {
        case .contact:
            session.call = last?.call
            session.proof = last?.proof
            session.consumed?.isPast = true
        // The contact that had the proof may still retry while others of the number begin.
        case .callerID: session.superseded = last?.superseded ?? []
        }
        identity.sessions[begin.session] = session
        if identity.audit.count >= AuditEntry.kept {
            archive = identity.audit
            identity.audit = []
        }
        record(.begun, begin.contact?.session ?? begin.session)
    }
}

extension VoiceSession {
    /// The answer that the contact was given with the proof, for a day; nil when it had none, or has begun another round
    /// since.
    fileprivate func answer(toRetryBy contact: ContactKey?, at now: Int) -> VoiceBranch? {
        guard let consumed, contact != nil, consumed.contact == contact, !consumed.isPast, proof == nil,
            now - consumed.at < Self.keptMilliseconds
        else { return nil }
        return consumed.isVerified ? .verified : .enrolled
    }

    /// Returns the first response again for a contact that repeats its begin; `branch` for any other.
    fileprivate func answer(to begin: VoiceEvent.Begin, now branch: VoiceBranch, isFresh: Bool) -> VoiceBranch {
        guard begin.contact != nil, contact == begin.contact else { return branch }
        switch self.branch {
        case .enrollFromScratch where branch == .enroll: return self.branch
        // Connect repeats within seconds; later it is a new begin.
        case .failedVerified where isFresh: return self.branch
        default: return branch
        }
    }
}
