import Calling
import Logging
import VoiceAuth

/// A begin, which creates a VoiceIt user where there is none.
///
/// A conditional write claims the creation first, so that of many begins one creates the user and the others wait. A
/// user that cannot be stored, or whose caller has opted out meanwhile, is deleted again.
struct UserMaking {
    let check: VoiceCheck
    let place: VoicePlace
    /// The code that this begin gives out; nil in caller-id mode.
    let code: CodeKey?

    private static let pause = Duration.milliseconds(40)

    private var store: VoiceStore { check.store }

    /// Returns the branch of the flow. Throws a back end's error, or `TimeOut`.
    func begin() async throws -> VoiceBranch {
        let begin = VoiceEvent.Begin(
            session: place.session, contact: check.contact, isAllowed: check.request.isAllowed,
            token: store.timing.token(), code: code)
        while true {
            let decision = try await store.apply(.begin(begin), to: place.identity, deadline: check.deadline)
            switch decision.answer {
            case .branch(let branch): return branch
            case .makeUser:
                if let branch = try await makeUser(begin) { return branch }
            default: break
            }
            guard store.timing.instant() + Self.pause < check.deadline else { throw TimeOut() }
            try await store.timing.sleep(Self.pause)
        }
    }

    /// Creates the user; nil when it turned out not to be needed.
    private func makeUser(_ begin: VoiceEvent.Begin) async throws -> VoiceBranch? {
        let userID: String
        do {
            userID = try await check.voiceprints.createUser(deadline: check.deadline)
        } catch {
            await giveBack(begin)
            throw error
        }
        let decision: VoiceDecision
        do {
            decision = try await write(userID, begin)
        } catch {
            // Whether the identity has it now is not known: the sweep looks, and deletes a user that nobody has.
            if await noteUnused(userID) == nil { await deletions.discard(userID, deadline: check.cleanUpDeadline) }
            await giveBack(begin)
            throw error
        }
        if case .branch(let branch) = decision.answer { return branch }
        if let unused = await noteUnused(userID) {
            await deletions.carryOut([unused], deadline: check.cleanUpDeadline)
        } else {
            await deletions.discard(userID, deadline: check.cleanUpDeadline)
        }
        return nil
    }

    private var deletions: Deletions {
        Deletions(store: store, voiceprints: check.voiceprints, logger: check.logger)
    }

    /// Stores the user, and again after a failure, since one that is in the table nevertheless must stay.
    private func write(_ userID: String, _ begin: VoiceEvent.Begin) async throws -> VoiceDecision {
        let made = VoiceEvent.userMade(userID: userID, begin)
        do {
            return try await store.apply(made, to: place.identity, deadline: check.deadline)
        } catch {
            guard let decision = try? await store.apply(made, to: place.identity, deadline: half) else { throw error }
            return decision
        }
    }

    /// Half of the time left for undoing.
    private var half: ContinuousClock.Instant {
        let now = store.timing.instant()
        return now + (check.cleanUpDeadline - now) / 2
    }

    /// Stores a user that is to be deleted unless the identity has it; nil when that failed.
    private func noteUnused(_ userID: String) async -> PendingDeletion? {
        let deletion = PendingDeletion(.user(id: userID, identity: place.identity), since: store.timing.now())
        do {
            try await store.note(deletion, deadline: half)
            return deletion
        } catch {
            check.logger.warning("A VoiceIt user that may be unused cannot be written down: it is deleted. \(error)")
            return nil
        }
    }

    private func giveBack(_ begin: VoiceEvent.Begin) async {
        do {
            _ = try await store.apply(
                .userNotMade(token: begin.token), to: place.identity, deadline: check.cleanUpDeadline)
        } catch {
            check.logger.warning("The claim to make a VoiceIt user stands until it expires. \(error)")
        }
    }

    /// Another invocation was still creating the user.
    struct TimeOut: Error, CustomStringConvertible {
        var description: String { "Another invocation is still creating the VoiceIt user: retry." }
    }
}
