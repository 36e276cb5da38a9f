import LambdaRuntime
import Logging
import VoiceAuth

/// One question of a flow, being answered.
struct VoiceCheck {
    let request: VoiceRequest
    let store: VoiceStore
    let voiceprints: any VoiceprintService
    let logger: Logger
    /// When every call must have ended.
    let deadline: ContinuousClock.Instant
    /// When what was begun must have been taken back.
    let cleanUpDeadline: ContinuousClock.Instant

    /// Throws what a back end failed with.
    func output() async throws -> VoiceOutput {
        switch request.phase {
        case .begin: try await begin()
        case .result: VoiceOutput(try await result())
        case .optout: VoiceOutput(try await optOut())
        case .delete: VoiceOutput(try await delete())
        }
    }

    private func begin() async throws -> VoiceOutput {
        guard let place = ownPlace else { return VoiceOutput(.unavailable) }
        let branch = try await UserMaking(check: self, place: place).begin()
        guard [.enrollFromScratch, .enroll, .verify, .failedVerified].contains(branch) else {
            return VoiceOutput(branch)
        }
        // What the number or the contact does not lead to by itself.
        if request.given != nil { try await store.link(place.session, to: place, deadline: deadline) }
        guard store.rules.binding == .contact else { return VoiceOutput(branch) }
        return VoiceOutput(branch, handoverCode: try await store.makeCode(for: place, deadline: deadline))
    }

    private func result() async throws -> VoiceBranch {
        let own = if let place = ownPlace { try await result(at: place) } else { VoiceDecision?.none }
        if let own, let session, request.given != nil || own.identity?.sessions[session] != nil { return branch(own) }
        if let place = try await linkedPlace() { return branch(try await result(at: place)) }
        return own.map(branch) ?? .unavailable
    }

    private func result(at place: VoicePlace) async throws -> VoiceDecision {
        try await store.apply(
            .result(session: place.session, contact: contact), to: place.identity, deadline: deadline)
    }

    private func optOut() async throws -> VoiceBranch {
        guard let identity = try await namedIdentity() else { return .unavailable }
        let decision = try await store.apply(
            .optOut(source: contact ?? ""), to: identity, deadline: deadline)
        if let userID = decision.userToDelete {
            try await voiceprints.deleteUser(userID, deadline: deadline)
            _ = try await store.apply(
                .userDeleted(userID: userID), to: identity, deadline: deadline)
        }
        return branch(decision)
    }

    private func delete() async throws -> VoiceBranch {
        guard let identity = try await namedIdentity() else { return .unavailable }
        let decision = try await store.apply(
            .delete(session: session, contact: contact, isAllowed: request.isAllowed), to: identity,
            deadline: deadline)
        if let userID = decision.userToDelete {
            try await voiceprints.deleteUser(userID, deadline: deadline)
            _ = try await store.apply(
                .erase(userID: userID, isAllowed: request.isAllowed), to: identity, deadline: deadline)
        }
        return branch(decision)
    }
}

// MARK: - Whose session

extension VoiceCheck {
    /// The contact's hash.
    var contact: String? { request.contactID.map(store.hash.contact) }

    /// The key of the session: the contact's, or in caller-id mode the number's; nil when there is none.
    private var session: String? {
        switch store.rules.binding {
        case .contact: contact
        case .callerID:
            if case .number(let number) = request.number { store.hash.caller(number) } else { nil }
        }
    }

    /// The identity that the event itself names; nil for withheld callers.
    private var ownIdentity: String? {
        switch request.given {
        case .identity(let identity): store.hash.identity(identity)
        case .withheld: nil
        case nil: request.number.map(store.hash.identity)
        }
    }

    private var ownPlace: VoicePlace? {
        guard let identity = ownIdentity, let session else { return nil }
        return VoicePlace(identity: identity, session: session)
    }

    /// The place that an earlier begin, which did name an identity, has left.
    private func linkedPlace() async throws -> VoicePlace? {
        guard request.given == nil, let session else { return nil }
        return try await store.place(linkedTo: session, deadline: deadline)
    }

    /// Whose voiceprint an opt-out or a deletion is about.
    private func namedIdentity() async throws -> String? {
        try await linkedPlace()?.identity ?? ownIdentity
    }

    private func branch(_ decision: VoiceDecision) -> VoiceBranch {
        if case .branch(let branch) = decision.answer { branch } else { .unavailable }
    }
}
