import TestSupport
import Testing

@testable import VoiceAuth

@Suite(.takingTurns) struct CallTests {
    private func begunCallerID(_ number: String, _ bench: StoreBench) async throws -> VoicePlace {
        let caller = try #require(CallerIdentity(number: number))
        guard case .number(let value) = caller else { throw CancellationError() }
        let place = VoicePlace(identity: bench.store.hash.identity(caller), session: bench.store.hash.caller(value))
        let begin = VoiceEvent.Begin(session: place.session, contact: "c", isAllowed: false, token: "t")
        _ = try await bench.store.apply(.begin(begin), to: place.identity, deadline: bench.deadline)
        _ = try await bench.store.apply(.userMade(userID: "usr_1", begin), to: place.identity, deadline: bench.deadline)
        return place
    }

    private func arrive(_ from: String?, _ call: String, _ bench: StoreBench) async throws -> VoiceAnswer {
        try await bench.store.arrive(from: from, callSID: call, deadline: bench.deadline).answer
    }

    /// The token of a claim of the recording RE1 for the call CA1, which nobody else may have.
    private func claimed(_ bench: StoreBench) async throws -> String {
        let claim = try await bench.store.claim(recordingSID: "RE1", callSID: "CA1", deadline: bench.deadline)
        guard case .claimed(let token) = claim else {
            Issue.record("not claimed, but \(claim)")
            throw CancellationError()
        }
        return token
    }

    @Test func `a number's call is let in once it has begun, and only the first`() async throws {
        let bench = try StoreBench(States.rules(.callerID))
        #expect(try await arrive("+12065550142", "CA1", bench) == .end(.unknown))
        _ = try await begunCallerID("+12065550142", bench)
        guard case .ask = try await arrive("+12065550142", "CA1", bench) else {
            Issue.record("the call is not let in")
            return
        }
        #expect(try await arrive("+12065550142", "CA2", bench) == .end(.unknown))
        #expect(try await arrive("+12065550143", "CA3", bench) == .end(.unknown))
    }

    @Test func `a begin waits for its call so long only`() async throws {
        let bench = try StoreBench(States.rules(.callerID))
        _ = try await begunCallerID("+12065550142", bench)
        bench.advance(seconds: 121)
        #expect(try await arrive("+12065550142", "CA1", bench) == .end(.unknown))
    }

    @Test(arguments: [nil, "", "anonymous", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"])
    func `a withheld number leads nowhere, and is not looked up`(from: String?) async throws {
        let bench = try StoreBench(States.rules(.callerID))
        #expect(try await arrive(from, "CA1", bench) == .end(.unknown))
        #expect(bench.aws.calls.isEmpty)
    }

    @Test func `a number leads to the record that the flow named, else to itself`() async throws {
        let bench = try StoreBench(States.rules(.callerID))
        let own = try await begunCallerID("+12065550142", bench)
        try await bench.store.link(
            own.session, to: VoicePlace(identity: "identity#other", session: own.session), deadline: bench.deadline)
        guard case .ask = try await arrive("+12065550142", "CA1", bench) else {
            Issue.record("the call is not let in")
            return
        }
        #expect(try await bench.store.place(ofCall: "CA1", deadline: bench.deadline) == own)
    }

    @Test func `a recording is claimed once, and its answer given again`() async throws {
        let bench = try StoreBench()
        let store = bench.store
        let token = try await claimed(bench)
        async let waiting = store.claim(recordingSID: "RE1", callSID: "CA1", deadline: bench.deadline)
        try await store.answer("<Response/>", recordingSID: "RE1", token: token, deadline: bench.deadline)
        #expect(try await waiting == .answered("<Response/>"))
        let short = try await store.claim(recordingSID: "RE1", callSID: "CA1", deadline: .now + .milliseconds(300))
        #expect(short == .answered("<Response/>"))
    }

    @Test func `whoever waits for a recording too long is told so, and a claim that died is taken over`() async throws {
        let bench = try StoreBench()
        let store = bench.store
        let first = try await claimed(bench)
        #expect(
            try await store.claim(recordingSID: "RE1", callSID: "CA1", deadline: .now + .milliseconds(300)) == .busy)
        bench.advance(seconds: 15)
        let claim = try await store.claim(recordingSID: "RE1", callSID: "CA1", deadline: bench.deadline)
        guard case .takenOver(let second) = claim else {
            Issue.record("not taken over, but \(claim)")
            return
        }
        try await store.answer("old", recordingSID: "RE1", token: first, deadline: bench.deadline)
        try await store.answer("new", recordingSID: "RE1", token: second, deadline: bench.deadline)
        #expect(
            try await store.claim(recordingSID: "RE1", callSID: "CA1", deadline: bench.deadline) == .answered("new"))
    }

    @Test func `a recording that one call has brought is of no use to another`() async throws {
        let bench = try StoreBench()
        let store = bench.store
        let token = try await claimed(bench)
        #expect(try await store.claim(recordingSID: "RE1", callSID: "CA2", deadline: bench.deadline) == .foreign)
        try await store.answer("<Response/>", recordingSID: "RE1", token: token, deadline: bench.deadline)
        #expect(try await store.claim(recordingSID: "RE1", callSID: "CA2", deadline: bench.deadline) == .foreign)
        bench.advance(seconds: 15)
        #expect(
            try await store.claim(recordingSID: "RE1", callSID: "CA1", deadline: bench.deadline)
                == .answered("<Response/>"))
    }
}
