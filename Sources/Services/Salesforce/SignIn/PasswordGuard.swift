import Calling
import Synchronization

/// The limit on guessing users' passwords in this warm process, by keyed hashes alone.
///
/// A refused password is refused for 30 seconds without asking Salesforce. After 5 different refused passwords of one
/// user within 5 minutes, one that is not known to be right is tried at most once in 30 seconds. A password that Salesforce
/// has accepted is exempt until Salesforce refuses it.
final class PasswordGuard: Sendable {
    /// A keyed hash of credentials.
    typealias Digest = [UInt8]

    /// The time for which a refused password is kept.
    static let memory = Duration.seconds(30)
    /// The time within which different refused passwords count together.
    static let window = Duration.seconds(300)
    /// The number of different refused passwords after which tries are `pause` apart.
    static let allowance = 5
    static let pause = Duration.seconds(30)
    /// The maximum number of users whose refused passwords are kept.
    static let users = 1024
    /// The maximum number of right passwords that are known.
    static let rightPasswords = 256

    /// A user and a password.
    struct Attempt: Sendable {
        let user: Digest
        let password: Digest
    }

    enum Verdict: Equatable {
        /// Salesforce is to be asked.
        case ask
        /// Salesforce refused this password a moment ago.
        case refuse
        /// No unknown password of this user is tried before that time has passed.
        case wait(Duration)
    }

    /// The end of a sign-in.
    enum Ending {
        case accepted
        case refused
        /// No statement about the password: Salesforce was busy, or refused something else.
        case undecided
    }

    private struct Suspect {
        /// The last refusal of each password, the latest last.
        var refusals: [(password: Digest, at: Moment)] = []
        var lastTry: Moment

        mutating func forgetOld(_ now: Moment) {
            refusals.removeAll { now.hasPassed(PasswordGuard.window, since: $0.at) }
        }
    }

    private struct State {
        var suspects: [Digest: Suspect] = [:]
        /// The most recently used is last.
        var right: [Digest] = []
    }

    private let state = Mutex(State())

    /// The number of users whose refused passwords are kept.
    var suspects: Int { state.withLock(\.suspects.count) }

    /// Returns what to do with an attempt whose session is not cached.
    func verdict(on attempt: Attempt, now: Moment) -> Verdict {
        state.withLock { state in
            guard !state.right.contains(attempt.password), var suspect = state.suspects[attempt.user] else {
                return .ask
            }
            suspect.forgetOld(now)
            state.suspects[attempt.user] = suspect.refusals.isEmpty ? nil : suspect
            if let refusal = suspect.refusals.first(where: { $0.password == attempt.password }),
                !now.hasPassed(Self.memory, since: refusal.at)
            {
                return .refuse
            }
            guard suspect.refusals.count >= Self.allowance, let elapsed = now.elapsed(since: suspect.lastTry),
                elapsed < Self.pause
            else { return .ask }
            return .wait(Self.pause - elapsed)
        }
    }

    /// Keeps the ending of an attempt that Salesforce was asked about.
    func note(_ ending: Ending, of attempt: Attempt, now: Moment) {
        state.withLock { state in
            let wasRight = state.right.contains(attempt.password)
            switch ending {
            case .accepted:
                state.right.removeAll { $0 == attempt.password }
                if state.right.count >= Self.rightPasswords { state.right.removeFirst() }
                state.right.append(attempt.password)
                state.suspects[attempt.user]?.refusals.removeAll { $0.password == attempt.password }
            case .refused:
                state.right.removeAll { $0 == attempt.password }
                if state.suspects[attempt.user] == nil { Self.makeRoom(&state.suspects, now) }
                var suspect = state.suspects[attempt.user] ?? Suspect(lastTry: now)
                suspect.forgetOld(now)
                suspect.refusals.removeAll { $0.password == attempt.password }
                suspect.refusals.append((attempt.password, now))
                state.suspects[attempt.user] = suspect
            case .undecided: break
            }
            // A known password's sign-in is no guess, and leaves others' turn alone.
            if !wasRight || ending == .refused { state.suspects[attempt.user]?.lastTry = now }
        }
    }

    /// Removes users who no longer count, or else the one of the fewest refusals: one who is being guessed stays, however
    /// many other names are sent.
    private static func makeRoom(_ suspects: inout [Digest: Suspect], _ now: Moment) {
        guard suspects.count >= users else { return }
        for user in suspects.keys { suspects[user]?.forgetOld(now) }
        suspects = suspects.filter { !$0.value.refusals.isEmpty }
        guard suspects.count >= users else { return }
        let least = suspects.min { left, right in
            (left.value.refusals.count, left.value.lastTry.continuous)
                < (right.value.refusals.count, right.value.lastTry.continuous)
        }
        if let least { suspects[least.key] = nil }
    }
}
