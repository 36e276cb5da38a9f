import JSON
import Logging
import VoiceAuth

/// The handling of one request of a flow.
struct VoiceCheck {
    let request: VoiceRequest
    let store: VoiceStore
    let voiceprints: any VoiceprintService
    let logger: Logger
    /// The deadline for every call.
    let deadline: ContinuousClock.Instant
    /// The deadline for undoing what was begun.
    let cleanUpDeadline: ContinuousClock.Instant

    /// Returns the response. Throws a back end's error.
    func output() async throws -> VoiceOutput {
        switch request.phase {
        case .begin: try await begin()
        case .result: .branch(try await result())
        case .confirm: .branch(try await confirm())
        case .optout: .branch(try await optOut())
        case .delete: .branch(try await delete())
        }
    }

    private func begin() async throws -> VoiceOutput {
        guard let place = ownPlace else { return .branch(.unavailable) }
        guard store.rules.binding == .contact else {
            let branch = try await UserMaking(check: self, place: place, code: nil).begin()
            try await link(to: place)
            return .branch(branch)
        }
        while true {
            let code = store.drawCode()
            let branch = try await UserMaking(check: self, place: place, code: store.hash.code(code)).begin()
            guard [.enrollFromScratch, .enroll, .verify].contains(branch) else {
                // Also when no call is expected: an agent's guide may re-enable a caller who has opted out.
                try await link(to: place)
                return .branch(branch)
            }
            async let links: Void = link(to: place)
            let isKept = try await store.keep(code: code, for: place, deadline: deadline)
            try await links
            // Another session has the same digits: of 100 million that is rare, and the next random code is another.
            guard isKept else { continue }
            let pauses = String(repeating: ",", count: store.rules.codePauses)
            return .branch(branch, handoverCode: pauses + code)
        }
    }

    /// Links the contact to its place, for an agent's guide, which knows no number; and in caller-id mode the number to
    /// the record that the flow names.
    private func link(to place: VoicePlace) async throws(VoiceStoreError) {
        if let contact { try await store.link(contact.session, to: place, deadline: deadline) }
        if request.given != nil, place.session != contact?.session {
            try await store.link(place.session, to: place, deadline: deadline)
        }
    }

    private func result() async throws -> VoiceBranch {
        try await asked { .result(session: $0.session, contact: contact) }
    }

    private func confirm() async throws -> VoiceBranch {
        try await asked { .confirm(session: $0.session, contact: contact, isAllowed: request.isAllowed) }
    }

    private func asked(_ event: (VoicePlace) -> VoiceEvent) async throws -> VoiceBranch {
        guard let place = try await namedPlace() else { return .unavailable }
        return branch(try await store.apply(event(place), to: place.identity, deadline: deadline))
    }

    private func optOut() async throws -> VoiceBranch {
        guard let identity = try await namedPlace()?.identity else { return .unavailable }
        let decision = try await store.apply(.optOut(contact: contact), to: identity, deadline: deadline)
        // Done or not, it stays so: what is left, the sweep deletes.
        await deletions.carryOut(decision, deadline: deadline)
        return branch(decision)
    }

    private func delete() async throws -> VoiceBranch {
        guard let place = try await namedPlace() else { return .unavailable }
        let decision = try await store.apply(
            .delete(session: place.session, contact: contact, isAllowed: request.isAllowed), to: place.identity,
            deadline: deadline)
        guard decision.answer == .branch(.deleted) else { return branch(decision) }
        // Includes the deletion that an earlier call could not complete at VoiceIt.
        let pending = try await store.pendingDeletions(of: place.identity, deadline: deadline)
        return await deletions.carryOut(pending, deadline: deadline) ? .deleted : .unavailable
    }

    private var deletions: Deletions { Deletions(store: store, voiceprints: voiceprints, logger: logger) }
}

// MARK: - The session's owner

extension VoiceCheck {
    /// The contact's key.
    var contact: ContactKey? { request.contactID.map(store.hash.contact) }

    /// The key of the session: the contact's, or in caller-id mode the number's; nil when there is none.
    private var session: SessionKey? {
        switch store.rules.binding {
        case .contact: contact?.session
        case .callerID:
            if case .number(let number) = request.number { store.hash.caller(number) } else { nil }
        }
    }

    /// The identity that the event itself names; nil for withheld callers.
    private var ownIdentity: IdentityKey? {
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

    /// Returns the owner of the session or voiceprint: the identity that the request names, else the caller's number;
    /// without both, in an agent's guide, the place that the call's contact began with.
    private func namedPlace() async throws -> VoicePlace? {
        if let identity = ownIdentity { return VoicePlace(identity: identity, session: session ?? .none) }
        guard request.given == nil, let contact else { return nil }
        return try await store.place(linkedTo: contact.session, deadline: deadline)
    }

    private func branch(_ decision: VoiceDecision) -> VoiceBranch {
        if case .branch(let branch) = decision.answer { branch } else { .unavailable }
    }
}
