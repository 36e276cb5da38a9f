import TestSupport
import Testing

@testable import VoiceAuth

@Suite(.takingTurns) struct CallTests {
    private func begunCallerID(_ number: String, _ fixture: StoreFixture) async throws -> VoicePlace {
        let caller = try #require(CallerIdentity(number: number))
        guard case .number(let value) = caller else { throw CancellationError() }
        let place = VoicePlace(identity: fixture.store.hash.identity(caller), session: fixture.store.hash.caller(value))
        let begin = VoiceEvent.Begin(session: place.session, contact: "c", isAllowed: false, token: "t")
        _ = try await fixture.store.apply(.begin(begin), to: place.identity, deadline: fixture.deadline)
        _ = try await fixture.store.apply(
            .userMade(userID: "usr_1", begin), to: place.identity, deadline: fixture.deadline)
        return place
    }

    private func arrive(_ from: String?, _ call: String, _ fixture: StoreFixture) async throws -> MachineResponse {
        try await fixture.store.arrive(from: from, callSID: call, deadline: fixture.deadline).answer
    }

    /// Returns the token of a claim of the recording RE1 for the call CA1, which no other claim may get.
    private func claimed(_ fixture: StoreFixture) async throws -> String {
        let claim = try await fixture.store.claim(recordingSID: "RE1", callSID: "CA1", deadline: fixture.deadline)
        guard case .claimed(let token) = claim else {
            Issue.record("not claimed, but \(claim)")
            throw CancellationError()
        }
        return token
    }

    @Test func `a number's call is let in once it has begun, and only the first`() async throws {
        let fixture = try StoreFixture(States.rules(.callerID))
        #expect(try await arrive("+12065550142", "CA1", fixture) == .end(.unknown))
        _ = try await begunCallerID("+12065550142", fixture)
        guard case .ask = try await arrive("+12065550142", "CA1", fixture) else {
            Issue.record("the call is not let in")
            return
        }
        #expect(try await arrive("+12065550142", "CA2", fixture) == .end(.unknown))
        #expect(try await arrive("+12065550143", "CA3", fixture) == .end(.unknown))
    }

    @Test func `a begin waits for its call so long only`() async throws {
        let fixture = try StoreFixture(States.rules(.callerID))
        _ = try await begunCallerID("+12065550142", fixture)
        fixture.advance(seconds: 121)
        #expect(try await arrive("+12065550142", "CA1", fixture) == .end(.unknown))
    }

    @Test(arguments: [nil, "", "anonymous", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"])
    func `a withheld number leads nowhere, and is not looked up`(from: String?) async throws {
        let fixture = try StoreFixture(States.rules(.callerID))
        #expect(try await arrive(from, "CA1", fixture) == .end(.unknown))
        #expect(fixture.aws.calls.isEmpty)
    }

    @Test func `a number leads to the record that the flow named, else to itself`() async throws {
        let fixture = try StoreFixture(States.rules(.callerID))
        let own = try await begunCallerID("+12065550142", fixture)
        try await fixture.store.link(
            own.session, to: VoicePlace(identity: "identity#other", session: own.session), deadline: fixture.deadline)
        guard case .ask = try await arrive("+12065550142", "CA1", fixture) else {
            Issue.record("the call is not let in")
            return
        }
        #expect(try await fixture.store.place(ofCall: "CA1", deadline: fixture.deadline) == own)
    }

    @Test func `a recording is claimed once, and its answer given again`() async throws {
        let fixture = try StoreFixture()
        let store = fixture.store
        let token = try await claimed(fixture)
        async let waiting = store.claim(recordingSID: "RE1", callSID: "CA1", deadline: fixture.deadline)
        try await store.answer("<Response/>", recordingSID: "RE1", token: token, deadline: fixture.deadline)
        #expect(try await waiting == .answered("<Response/>"))
        let short = try await store.claim(recordingSID: "RE1", callSID: "CA1", deadline: .now + .milliseconds(300))
        #expect(short == .answered("<Response/>"))
    }

    @Test func `whoever waits for a recording too long is told so, and a claim that died is taken over`() async throws {
        let fixture = try StoreFixture()
        let store = fixture.store
        let first = try await claimed(fixture)
        #expect(
            try await store.claim(recordingSID: "RE1", callSID: "CA1", deadline: .now + .milliseconds(300)) == .busy)
        fixture.advance(seconds: 15)
        let claim = try await store.claim(recordingSID: "RE1", callSID: "CA1", deadline: fixture.deadline)
        guard case .takenOver(let second) = claim else {
            Issue.record("not taken over, but \(claim)")
            return
        }
        try await store.answer("old", recordingSID: "RE1", token: first, deadline: fixture.deadline)
        try await store.answer("new", recordingSID: "RE1", token: second, deadline: fixture.deadline)
        #expect(
            try await store.claim(recordingSID: "RE1", callSID: "CA1", deadline: fixture.deadline) == .answered("new"))
    }

    @Test func `a recording that one call has brought is of no use to another`() async throws {
        let fixture = try StoreFixture()
        let store = fixture.store
        let token = try await claimed(fixture)
        #expect(try await store.claim(recordingSID: "RE1", callSID: "CA2", deadline: fixture.deadline) == .foreign)
        try await store.answer("<Response/>", recordingSID: "RE1", token: token, deadline: fixture.deadline)
        #expect(try await store.claim(recordingSID: "RE1", callSID: "CA2", deadline: fixture.deadline) == .foreign)
        fixture.advance(seconds: 15)
        #expect(
            try await store.claim(recordingSID: "RE1", callSID: "CA1", deadline: fixture.deadline)
                == .answered("<Response/>"))
    }
}
