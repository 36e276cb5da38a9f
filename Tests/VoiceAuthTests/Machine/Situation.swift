import Testing

@testable import VoiceAuth

/// One of all combinations of rules, person, stage and event, with its decision.
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

    /// Checks a rule on all of them; it returns nil for a situation that it says nothing about, and says something about one
    /// at least.
    static func check(
        _ name: String, at location: SourceLocation = #_sourceLocation, _ rule: (Situation) -> Bool?
    ) {
        let verdicts = all.map { (situation: $0, holds: rule($0)) }
        let broken = verdicts.filter { $0.holds == false }.map(\.situation)
        #expect(broken.isEmpty, "\(name): \(broken.prefix(5).map(\.description))", sourceLocation: location)
        #expect(verdicts.contains { $0.holds != nil }, "\(name): no situation", sourceLocation: location)
    }

    var session: VoiceSession? { before?.sessions["s"] }
    var sessionAfter: VoiceSession? { decision.identity?.sessions["s"] }
    var isLocked: Bool { before?.isLocked(rules, at: States.now) ?? false }

    /// The decision on the same event once more, on the new identity.
    var again: VoiceDecision {
        VoiceMachine(rules: rules).decide(event, on: decision.identity, at: States.now)
    }

    var description: String {
        "\(rules.binding) \(rules.enrollment) \(person) \(stage): \(event) -> \(decision.answer)"
    }
}

extension States {
    static let callEvents: [VoiceEvent.CallEvent] = [
        .current, .consent(given: true), .consent(given: false), .silence, .unclear(), .unclear(.tooQuiet), .unlike,
        .enrolled, .verified, .failed, .counted(total: 1), .counted(total: 2), .missing(total: 1), .uncounted,
        .userUnknown, .hungUp,
    ]

    static func inCall(_ event: VoiceEvent.CallEvent, call: CallKey = "call", turn: Int = 5) -> VoiceEvent {
        .inCall(session: "s", call: call, turn: turn, event)
    }

    static func confirm(
        _ contact: ContactKey? = "me", isAllowed: Bool = true, session: SessionKey = "s"
    ) -> VoiceEvent {
        .confirm(session: session, contact: contact, isAllowed: isAllowed)
    }

    /// Every event, the right one and its wrong variants.
    static var events: [VoiceEvent] {
        [
            .begin(begin()), .begin(begin(isAllowed: true)), .userMade(userID: "usr_2", begin()),
            .userNotMade(token: "token"), .userNotMade(token: "other"), .result(session: "s", contact: "me"),
            .result(session: "s", contact: "third"), .result(session: "s", contact: nil),
            .result(session: "t", contact: "me"), .optOut(contact: "me"), confirm(), confirm(isAllowed: false),
            confirm("third"), confirm(nil), confirm(session: "t"),
            .delete(session: "s", contact: "me", isAllowed: false),
            .delete(session: "s", contact: "me", isAllowed: true),
            .delete(session: nil, contact: nil, isAllowed: false), .voiceprintDeleted,
            .called(session: "s", call: "call", code: code), .called(session: "s", call: "call2", code: code),
            .called(session: "s", call: "call2", code: "code#old"), .called(session: "s", call: "call2"),
            .called(session: "t", call: "call", code: code),
        ] + callEvents.map { inCall($0) } + callEvents.map { inCall($0, turn: 4) }
            + callEvents.map { inCall($0, call: "call2") }
    }
}
