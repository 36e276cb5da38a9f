import AWS

/// A session, with its call, as a map of the identity's item.
extension VoiceSession {
    var attributes: Item {
        var item: Item = [
            "branch": .string(branch.rawValue), "isAllowed": .bool(isAllowed), "begunAt": .number(begunAt),
        ]
        item["contact"] = contact.map { .string($0.text) }
        item["code"] = code.map { .string($0.text) }
        if isAdmitted { item["isAdmitted"] = .bool(true) }
        item["call"] = call.map { .map($0.attributes) }
        item["proof"] = proof.map { .map(["at": .number($0.at), "userId": .string($0.userID)]) }
        item["consumed"] = consumed.map { .map($0.attributes) }
        if !superseded.isEmpty { item["superseded"] = .list(superseded.map { .string($0.text) }) }
        return item
    }

    init?(_ item: Item) {
        guard let branch = item["branch"]?.string.flatMap(VoiceBranch.init), let begunAt = item["begunAt"]?.int
        else { return nil }
        self.init(
            branch: branch, contact: item["contact"]?.string.map(ContactKey.init),
            isAllowed: item["isAllowed"]?.bool ?? false,
            begunAt: begunAt, code: item["code"]?.string.map(CodeKey.init))
        isAdmitted = item["isAdmitted"]?.bool ?? false
        call = item["call"]?.map.flatMap(VoiceCall.init)
        proof = item["proof"]?.map.flatMap { proof in
            guard let at = proof["at"]?.int, let userID = proof["userId"]?.string else { return nil }
            return Proof(at: at, userID: userID)
        }
        consumed = item["consumed"]?.map.flatMap(Consumption.init)
        superseded = (item["superseded"]?.list ?? []).compactMap { $0.string.map(ContactKey.init) }
    }
}

extension VoiceSession.Consumption {
    var attributes: Item {
        [
            "contact": .string(contact.text), "at": .number(at), "provedAt": .number(provedAt),
            "userId": .string(userID),
            "isVerified": .bool(isVerified), "isPast": .bool(isPast),
        ]
    }

    init?(_ item: Item) {
        guard let contact = item["contact"]?.string, let at = item["at"]?.int, let provedAt = item["provedAt"]?.int,
            let userID = item["userId"]?.string
        else { return nil }
        self.init(
            contact: ContactKey(contact), at: at, provedAt: provedAt, userID: userID,
            isVerified: item["isVerified"]?.bool ?? false, isPast: item["isPast"]?.bool ?? true)
    }
}

extension VoiceCall {
    var attributes: Item {
        var item: Item = [
            "id": .string(id.text), "turn": .number(turn), "silences": .number(silences), "unclear": .number(unclear),
            "step": .string(step.name), "reason": .string(reason.rawValue),
        ]
        if unlike > 0 { item["unlike"] = .number(unlike) }
        if isHungUp { item["isHungUp"] = .bool(true) }
        switch step {
        case .enroll(let phrase), .verify(let phrase): item["phrase"] = .string(phrase)
        case .ended(let ending): item["ending"] = .string(ending.rawValue)
        case .consent: break
        }
        return item
    }

    init?(_ item: Item) {
        guard let id = item["id"]?.string, let turn = item["turn"]?.int else { return nil }
        let phrase = item["phrase"]?.string ?? ""
        let step: VoiceStep =
            switch item["step"]?.string {
            case "consent": .consent
            case "enroll": .enroll(phrase: phrase)
            case "verify": .verify(phrase: phrase)
            default: .ended(item["ending"]?.string.flatMap(VoiceEnding.init) ?? .unknown)
            }
        self.init(id: CallKey(id), step: step)
        self.turn = turn
        silences = item["silences"]?.int ?? 0
        unclear = item["unclear"]?.int ?? 0
        unlike = item["unlike"]?.int ?? 0
        reason = item["reason"]?.string.flatMap(VoicePrompt.Reason.init) ?? .next
        isHungUp = item["isHungUp"]?.bool ?? false
    }
}

extension VoiceStep {
    /// The step's name, `consent`, `enroll`, `verify` or `ended`: also a part of the path that the reply is posted to.
    package var name: String {
        switch self {
        case .consent: "consent"
        case .enroll: "enroll"
        case .verify: "verify"
        case .ended: "ended"
        }
    }
}
