/// What the contact flow asks.
extension MachineTurn {
    /// How long the making of a VoiceIt user may take: longer than an invocation has for it.
    private static let makingMilliseconds = 5000
    /// A begun session this young need not be written again for another contact of the same number.
    private static let freshMilliseconds = 10_000

    mutating func begin(_ begin: VoiceEvent.Begin) -> VoiceAnswer {
        let session = identity.sessions[begin.session]
        if rules.binding == .callerID, session?.wasConsumed(by: begin.contact) == true { return .branch(.verified) }
        if identity.optedOutAt != nil { return .branch(.optedOut) }
        if isLocked { return .branch(.lockedOut) }
        guard identity.isEnrolled(rules) || mayEnroll(begin) else { return .branch(.notEnrolled) }
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
            consume(begin.session, begin.contact)
            return .branch(.verified)
        }
        let branch: VoiceBranch = identity.isEnrolled(rules) ? .verify : .enroll
        guard let session, session.call == nil else {
            open(begin, branch)
            return .branch(branch)
        }
        let isFresh = (0..<Self.freshMilliseconds).contains(now - session.begunAt)
        let answer = session.answer(to: begin, now: branch, isFresh: isFresh)
        if rules.binding == .contact || !isFresh || session.mayEnroll != mayEnroll(begin) { open(begin, answer) }
        return .branch(answer)
    }

    mutating func userMade(_ userID: String, _ begin: VoiceEvent.Begin) -> VoiceAnswer {
        // A write whose answer was lost is decided again.
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

    mutating func userNotMade(_ token: String) -> VoiceAnswer {
        if identity.making?.token == token { identity.making = nil }
        return .none
    }

    mutating func result(_ key: String, _ contact: String?) -> VoiceAnswer {
        let session = identity.sessions[key]
        if session?.wasConsumed(by: contact) == true { return .branch(.verified) }
        if isLocked { return .branch(.lockedOut) }
        guard let proof = session?.proof, isCurrent(proof) else { return .branch(.failedVerified) }
        if identity.optedOutAt != nil { return .branch(.optedOut) }
        consume(key, contact)
        return .branch(.verified)
    }

    mutating func optOut(_ source: String) -> VoiceAnswer {
        userToDelete = identity.userID
        if identity.optedOutAt == nil {
            identity.optedOutAt = now
            identity.sessions = [:]
            identity.making = nil
            record(.optedOut, source)
        }
        return .branch(.optedOut)
    }

    mutating func delete(_ key: String?, _ contact: String?, isAllowed: Bool) -> VoiceAnswer {
        if !isAllowed {
            guard identity.optedOutAt == nil else { return .branch(.failedVerified) }
            let session = key.flatMap { identity.sessions[$0] }
            let wasVerified = contact != nil && session?.verifiedBy == contact
            guard wasVerified || !identity.isEnrolled(rules) else { return .branch(.failedVerified) }
        }
        userToDelete = identity.userID
        if identity.userID == nil { erase(contact) }
        return .branch(.deleted)
    }

    mutating func userDeleted(_ userID: String) -> VoiceAnswer {
        if identity.userID == userID {
            identity.forgetVoiceprint()
            record(.voiceprintDeleted, nil)
        }
        return .branch(.deleted)
    }

    mutating func erase(_ userID: String, isAllowed: Bool) -> VoiceAnswer {
        // Another user by now: somebody has begun afresh meanwhile.
        guard identity.userID == userID || identity.userID == nil else { return .branch(.deleted) }
        // Opted out meanwhile.
        guard identity.optedOutAt == nil || isAllowed else { return userDeleted(userID) }
        erase(nil)
        return .branch(.deleted)
    }

    // MARK: - Parts

    /// Leaves nothing but the history, under its own key.
    private mutating func erase(_ source: String?) {
        guard !identity.isBlank else { return }
        record(.deleted, source)
        archive = identity.audit
        identity = VoiceIdentity()
    }

    private func mayEnroll(_ begin: VoiceEvent.Begin) -> Bool { rules.enrollment == .open || begin.isAllowed }

    /// Whether the proof is neither too old nor from the future, and its voiceprint still there.
    private func isCurrent(_ proof: VoiceSession.Proof) -> Bool {
        proof.userID == identity.userID && (0...rules.proofSeconds * 1000).contains(now - proof.at)
    }

    /// Gives the proof to the contact, and to no other.
    private mutating func consume(_ key: String, _ contact: String?) {
        identity.sessions[key]?.proof = nil
        identity.sessions[key]?.consumedBy = contact
        identity.sessions[key]?.verifiedBy = contact
        record(.proofConsumed, contact ?? key)
    }

    /// Begins a round: what an earlier one has proved and nobody asked for stays in contact mode, where it is the same
    /// caller's.
    private mutating func open(_ begin: VoiceEvent.Begin, _ branch: VoiceBranch) {
        var session = VoiceSession(
            branch: branch, contact: begin.contact, mayEnroll: mayEnroll(begin), begunAt: now)
        let last = identity.sessions[begin.session]
        session.verifiedBy = last?.verifiedBy
        switch rules.binding {
        case .contact:
            session.call = last?.call
            session.proof = last?.proof
        // The contact that had the proof may still ask again while others of the number begin.
        case .callerID: session.consumedBy = last?.consumedBy
        }
        identity.sessions[begin.session] = session
        if identity.audit.count >= AuditEntry.kept {
            archive = identity.audit
            identity.audit = []
        }
        record(.begun, begin.contact ?? begin.session)
    }
}

extension VoiceSession {
    /// Whether that contact has had the proof; one that is not named never has.
    fileprivate func wasConsumed(by contact: String?) -> Bool {
        contact != nil && consumedBy == contact && proof == nil
    }

    /// The first answer again for a contact that repeats its begin; `branch` for any other.
    fileprivate func answer(to begin: VoiceEvent.Begin, now branch: VoiceBranch, isFresh: Bool) -> VoiceBranch {
        guard begin.contact != nil, contact == begin.contact else { return branch }
        switch self.branch {
        case .enrollFromScratch where branch == .enroll: return self.branch
        // Connect repeats within seconds; later it is a begin of its own.
        case .failedVerified where isFresh: return self.branch
        default: return branch
        }
    }
}
