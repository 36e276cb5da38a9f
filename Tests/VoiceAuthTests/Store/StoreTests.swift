import AWS
import Synchronization
import TestSupport
import Testing

@testable import VoiceAuth

@Suite(.takingTurns) struct StoreTests {
    @Test(arguments: States.Person.allCases, States.Stage.allCases)
    func `an identity comes out of its item as it went in`(person: States.Person, stage: States.Stage) {
        for binding in VoiceRules.Binding.allCases {
            var identity = States.identity(person, stage, States.rules(binding)) ?? VoiceIdentity()
            identity.audit = AuditEntry.Event.allCases.map { AuditEntry(at: 1, event: $0, source: "source") }
            #expect(VoiceIdentity(identity.attributes) == identity)
        }
    }

    @Test func `nothing is written when nothing changes`() async throws {
        let fixture = try StoreFixture()
        let place = fixture.place()
        let decision = try await fixture.store.apply(
            .result(session: place.session, contact: fixture.store.hash.contact("contact-1")), to: place.identity,
            deadline: fixture.deadline)
        #expect(decision.answer == .branch(.retry))
        #expect(fixture.aws.calls.map(\.operation) == [.getItem])
        #expect(fixture.aws.items.isEmpty)
    }

    @Test func `a lost race is decided again on what the winner wrote`() async throws {
        let fixture = try StoreFixture()
        let place = try await fixture.begun()
        let isFirst = Mutex(true)
        // Another writer opts the caller out between our read and our write.
        fixture.interrupt { [aws = fixture.aws] in
            guard
                isFirst.withLock({ value in
                    defer { value = false }; return value
                })
            else { return }
            aws.changeItems { item in
                item["optedOutAt"] = DynamoDBValue(N: "1")
                item["version"] = DynamoDBValue(N: "77")
            }
        }
        let decision = try await fixture.store.apply(
            .begin(fixture.begin("contact-2")), to: place.identity, deadline: fixture.deadline)
        #expect(decision.answer == .branch(.optedOut))
        #expect(fixture.aws.items.first?["version"]?.N == "77")
        #expect(fixture.aws.calls.suffix(2).map(\.operation) == [.getItem, .putItem])
    }

    @Test func `of 50 contacts that ask for one proof at once, one gets it`() async throws {
        let fixture = try StoreFixture(States.rules(.callerID))
        let identity = fixture.place().identity
        var begin = fixture.begin("contact-0")
        begin.session = "s"
        let store = fixture.store
        _ = try await store.apply(.begin(begin), to: identity, deadline: fixture.deadline)
        _ = try await store.apply(.userMade(userID: "usr_1", begin), to: identity, deadline: fixture.deadline)
        let call = VoiceEvent.called(session: "s", call: "c")
        _ = try await store.apply(call, to: identity, deadline: fixture.deadline)
        var turn = 1
        for event in [VoiceEvent.CallEvent.consent(given: true), .enrolled, .enrolled, .enrolled] {
            _ = try await store.apply(
                .inCall(session: "s", call: "c", turn: turn, event), to: identity, deadline: fixture.deadline)
            turn += 1
        }
        begin.contact = "another"
        _ = try await store.apply(.begin(begin), to: identity, deadline: fixture.deadline)
        _ = try await store.apply(call, to: identity, deadline: fixture.deadline)
        let verified = try await store.apply(
            .inCall(session: "s", call: "c", turn: 1, .verified), to: identity, deadline: fixture.deadline)
        #expect(verified.answer == .end(.verified))
        let answers = try await withThrowingTaskGroup(of: MachineResponse.self) { group in
            for number in 0..<50 {
                group.addTask {
                    try await store.apply(
                        .result(session: "s", contact: "contact-\(number)"), to: identity,
                        deadline: .now + .seconds(20)
                    ).answer
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0 == .branch(.verified) } == 1)
        #expect(answers.count { $0 == .branch(.failedVerified) } == 49)
    }

    @Test(arguments: [AWSDouble.Behaviour.resetAfterDoing, .refuseAfterDoing(status: 500)])
    func `a write whose answer was lost is known as one's own`(behaviour: AWSDouble.Behaviour) async throws {
        let fixture = try StoreFixture()
        let place = try await fixture.begun(code: "12345678")
        fixture.aws.behave { operation, number in operation == .putItem && number == 3 ? behaviour : .normal }
        let code = fixture.store.hash.code("12345678")
        let decision = try await fixture.store.apply(
            .called(session: place.session, call: "call", code: code), to: place.identity, deadline: fixture.deadline)
        guard case .ask(let prompt) = decision.answer else {
            Issue.record("the call is not let in")
            return
        }
        // Decided on our own write, it would be a repeated call.
        #expect(prompt.reason == .next)
        #expect(fixture.aws.bodies(of: .putItem).count == 4)
    }

    @Test func `a deletion whose answer was lost is done`() async throws {
        let fixture = try StoreFixture()
        let place = try await fixture.begun()
        fixture.aws.behave { operation, number in
            operation == .deleteItem && number == 1 ? .resetAfterDoing : .normal
        }
        let decision = try await fixture.store.apply(
            .delete(session: nil, contact: nil, isAllowed: true), to: place.identity, deadline: fixture.deadline)
        #expect(decision.identity == nil && decision.userToDelete == "usr_1")
        let kinds = fixture.aws.items.compactMap { $0["id"]?.S?.split(separator: "#").first }
        #expect(kinds.sorted() == ["audit", "deletions"])
    }

    @Test func `whoever always loses gives up at the deadline`() async throws {
        let fixture = try StoreFixture()
        let place = try await fixture.begun()
        fixture.interrupt { [aws = fixture.aws] in
            aws.changeItems { $0["version"]?.N = "\(Int.random(in: 100...1_000_000))" }
        }
        await #expect(throws: VoiceStoreError.overtaken) {
            try await fixture.store.apply(
                .optOut(contact: ""), to: place.identity, deadline: .now + .milliseconds(600))
        }
    }

    @Test func `what expires has a time to live, and counts no more when DynamoDB is late`() async throws {
        let fixture = try StoreFixture()
        let code = try await fixture.code()
        _ = try await fixture.store.claim(recordingSID: "RE1", callSID: "CA1", deadline: fixture.deadline)
        _ = try await fixture.enter("00000000", "CA0", from: "+12065550142")
        try await fixture.store.link("contact#1", to: fixture.place(), deadline: fixture.deadline)
        #expect(fixture.aws.items.count == 6)
        for item in fixture.aws.items where item["id"]?.S?.hasPrefix("identity#") == false {
            #expect(item["expiresAt"]?.N != nil, "\(item["id"]?.S ?? "")")
        }
        fixture.advance(seconds: 120)
        #expect(try await fixture.enter(code) == .wrong)
    }
}
