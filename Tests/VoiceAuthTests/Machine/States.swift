@testable import VoiceAuth

/// States of an identity and of its session `s`, by name.
enum States {
    static let now = 1_800_000_000_000
    static let phrase = VoiceRules.defaultPhrase
    static let code: CodeKey = "code#s"

    enum Person: String, CaseIterable {
        case new, making, noConsent, unenrolled, enrolled, unvouched, locked, optedOut, optedOutGone
    }

    enum Stage: String, CaseIterable {
        case none, begun, stale, consenting, enrolling, verifying, hungUp, ended, proved, expired, future, mine
        /// The contact received `enrolled`.
        case told
        /// The contact received `verified`, and has begun another round.
        case past
        case others
        /// Another contact of the number has begun since.
        case superseded
    }

    static func rules(_ binding: VoiceRules.Binding, _ enrollment: VoiceRules.Enrollment = .open) -> VoiceRules {
        var rules = VoiceRules()
        rules.binding = binding
        rules.enrollment = enrollment
        rules.proofSeconds = binding == .contact ? 120 : 10
        return rules
    }

    static func identity(_ person: Person, _ stage: Stage, _ rules: VoiceRules) -> VoiceIdentity? {
        var identity = VoiceIdentity()
        switch person {
        case .new: break
        case .making: identity.making = .init(token: "other", until: now + 1000)
        case .noConsent: identity.userID = "usr_1"
        case .unenrolled:
            identity.userID = "usr_1"
            identity.consentedAt = now - 1000
            identity.recordings = [phrase: 1]
        case .enrolled: identity = enrolled
        case .unvouched: identity = unvouched
        case .locked:
            identity = enrolled
            identity.failures = [now - 1000, now - 800_000, now - 2000]
        case .optedOut:
            identity = enrolled
            identity.optedOutAt = now - 1
        case .optedOutGone: identity.optedOutAt = now - 1
        }
        identity.sessions["s"] = session(stage, rules)
        return identity.isBlank ? nil : identity
    }

    /// Somebody has vouched for the voice.
    static var enrolled: VoiceIdentity {
        var identity = VoiceIdentity()
        identity.userID = "usr_1"
        identity.consentedAt = now - 9000
        identity.enrolledAt = now - 800_000
        identity.recordings = [phrase: 3]
        return identity
    }

    /// Nobody has vouched for the voice.
    static var unvouched: VoiceIdentity {
        var identity = enrolled
        identity.unvouchedAt = now - 800_000
        return identity
    }

    static func session(_ stage: Stage, _ rules: VoiceRules) -> VoiceSession? {
        var session = VoiceSession(
            branch: .verify, contact: "me", isAllowed: rules.enrollment == .gated, begunAt: now - 20_000,
            code: rules.binding == .contact ? code : nil)
        func call(_ step: VoiceStep) -> VoiceCall {
            var call = VoiceCall(id: "call", step: step)
            call.turn = 5
            return call
        }
        switch stage {
        case .none: return nil
        case .begun: break
        case .stale: session.begunAt = now - 121_000
        case .consenting: session.call = call(.consent)
        case .enrolling: session.call = call(.enroll(phrase: phrase))
        case .verifying: session.call = call(.verify(phrase: phrase))
        case .hungUp:
            session.call = call(.enroll(phrase: phrase))
            session.call?.isHungUp = true
        case .ended: session.call = call(.ended(.silent))
        case .proved: session.proof = .init(at: now - rules.proofSeconds * 1000, userID: "usr_1")
        case .expired: session.proof = .init(at: now - rules.proofSeconds * 1000 - 1, userID: "usr_1")
        case .future: session.proof = .init(at: now + 1, userID: "usr_1")
        case .mine: session.consumed = consumption(by: "me", isVerified: true)
        case .told: session.consumed = consumption(by: "me", isVerified: false)
        case .past:
            session.consumed = consumption(by: "me", isVerified: true)
            session.consumed?.isPast = true
            session.call = call(.ended(.verified))
        case .others: session.consumed = consumption(by: "other", isVerified: true)
        case .superseded:
            session.contact = "other"
            session.superseded = ["me"]
        }
        let isOver = session.proof != nil || (session.consumed != nil && stage != .past)
        if isOver { session.call = call(.ended(.verified)) }
        session.isAdmitted = session.call != nil && stage != .past
        return session
    }

    private static func consumption(by contact: ContactKey, isVerified: Bool) -> VoiceSession.Consumption {
        .init(contact: contact, at: now - 5000, provedAt: now - 7000, userID: "usr_1", isVerified: isVerified)
    }

    static func begin(isAllowed: Bool = false) -> VoiceEvent.Begin {
        .init(session: "s", contact: "me", isAllowed: isAllowed, token: "token", code: code)
    }
}
