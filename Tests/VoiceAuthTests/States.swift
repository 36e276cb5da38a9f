@testable import VoiceAuth

/// States of an identity and of its session `s`, by name.
enum States {
    static let now = 1_800_000_000_000
    static let phrase = VoiceRules.defaultPhrase

    enum Person: String, CaseIterable {
        case new, making, noConsent, unenrolled, enrolled, locked, optedOut, optedOutGone
    }

    enum Stage: String, CaseIterable {
        case none, begun, stale, consenting, enrolling, verifying, ended, proved, expired, future, mine, others
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

    static var enrolled: VoiceIdentity {
        var identity = VoiceIdentity()
        identity.userID = "usr_1"
        identity.consentedAt = now - 9000
        identity.enrolledAt = now - 8000
        identity.recordings = [phrase: 3]
        return identity
    }

    static func session(_ stage: Stage, _ rules: VoiceRules) -> VoiceSession? {
        var session = VoiceSession(branch: .verify, contact: "me", mayEnroll: true, begunAt: now - 20_000)
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
        case .ended: session.call = call(.ended(.silent))
        case .proved: session.proof = .init(at: now - rules.proofSeconds * 1000, userID: "usr_1")
        case .expired: session.proof = .init(at: now - rules.proofSeconds * 1000 - 1, userID: "usr_1")
        case .future: session.proof = .init(at: now + 1, userID: "usr_1")
        case .mine:
            session.consumedBy = "me"
            session.verifiedBy = "me"
        case .others:
            session.consumedBy = "other"
            session.verifiedBy = "other"
        }
        if session.proof != nil || session.consumedBy != nil { session.call = call(.ended(.verified)) }
        return session
    }

    static func begin(isAllowed: Bool = false) -> VoiceEvent.Begin {
        .init(session: "s", contact: "me", isAllowed: isAllowed, token: "token")
    }

    static let callEvents: [VoiceEvent.CallEvent] = [
        .current, .consent(given: true), .consent(given: false), .silence, .unclear, .enrolled, .verified, .failed,
        .notEnough(total: 1), .userUnknown, .hungUp,
    ]

    static func inCall(_ event: VoiceEvent.CallEvent, call: String = "call", turn: Int = 5) -> VoiceEvent {
        .inCall(session: "s", call: call, turn: turn, event)
    }

    /// Every event, the right one and its wrong kin.
    static var events: [VoiceEvent] {
        [
            .begin(begin()), .begin(begin(isAllowed: true)), .userMade(userID: "usr_2", begin()),
            .userNotMade(token: "token"), .userNotMade(token: "other"), .result(session: "s", contact: "me"),
            .result(session: "s", contact: "third"), .result(session: "s", contact: nil),
            .result(session: "t", contact: "me"), .optOut(source: "me"),
            .delete(session: "s", contact: "me", isAllowed: false),
            .delete(session: "s", contact: "me", isAllowed: true),
            .delete(session: nil, contact: nil, isAllowed: false),
            .userDeleted(userID: "usr_1"), .userDeleted(userID: "usr_9"),
            .erase(userID: "usr_1", isAllowed: false), .erase(userID: "usr_1", isAllowed: true),
            .erase(userID: "usr_9", isAllowed: true), .called(session: "s", call: "call"),
            .called(session: "s", call: "call2"), .called(session: "t", call: "call"),
        ] + callEvents.map { inCall($0) } + callEvents.map { inCall($0, turn: 4) }
            + callEvents.map { inCall($0, call: "call2") }
    }
}

/// One of all combinations.
struct Situation: CustomStringConvertible {
    let rules: VoiceRules
    let person: States.Person
    let stage: States.Stage
    let event: VoiceEvent
    let before: VoiceIdentity?
    let decision: VoiceDecision

    static let all: [Situation] = {
        var all: [Situation] = []
        for binding in VoiceRules.Binding.allCases {
            for enrollment in VoiceRules.Enrollment.allCases {
                let rules = States.rules(binding, enrollment)
                for person in States.Person.allCases {
                    for stage in States.Stage.allCases {
                        let before = States.identity(person, stage, rules)
                        for event in States.events {
                            let decision = VoiceMachine(rules: rules).decide(event, on: before, at: States.now)
                            all.append(
                                Situation(
                                    rules: rules, person: person, stage: stage, event: event, before: before,
                                    decision: decision))
                        }
                    }
                }
            }
        }
        return all
    }()

    var session: VoiceSession? { before?.sessions["s"] }
    var sessionAfter: VoiceSession? { decision.identity?.sessions["s"] }
    var isLocked: Bool { before?.isLocked(rules, at: States.now) ?? false }

    var description: String {
        "\(rules.binding) \(rules.enrollment) \(person) \(stage): \(event) -> \(decision.answer)"
    }
}
