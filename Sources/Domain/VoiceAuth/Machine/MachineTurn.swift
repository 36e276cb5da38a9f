/// One decision while it is made.
struct MachineTurn {
    let rules: VoiceRules
    var identity: VoiceIdentity
    let now: Int
    let random: UInt64
    var userToDelete: String?
    var archive: [AuditEntry] = []

    init(rules: VoiceRules, identity: VoiceIdentity, now: Int, random: UInt64) {
        self.rules = rules
        self.identity = identity
        self.now = now
        self.random = random
    }

    mutating func answer(to event: VoiceEvent) -> MachineResponse {
        switch event {
        case .begin(let begin): self.begin(begin)
        case .userMade(let userID, let begin): userMade(userID, begin)
        case .userNotMade(let token): userNotMade(token)
        case .result(let session, let contact): result(session, contact)
        case .optOut(let contact): optOut(contact)
        case .confirm(let session, let contact, let isAllowed): confirm(session, contact, isAllowed: isAllowed)
        case .delete(let session, let contact, let isAllowed): delete(session, contact, isAllowed: isAllowed)
        case .voiceprintDeleted: voiceprintDeleted()
        case .called(let session, let call, let code): called(session, call, code: code)
        case .inCall(let session, let call, let turn, let event): inCall(session, call, turn, event)
        }
    }

    mutating func record<Subject>(_ event: AuditEntry.Event, _ source: VoiceKey<Subject>?) {
        identity.audit.append(AuditEntry(at: now, event: event, source: source?.text ?? ""))
    }

    var isLocked: Bool { identity.isLocked(rules, at: now) }
}
