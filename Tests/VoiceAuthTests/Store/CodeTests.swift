import AWS
import TestSupport
import Testing

@testable import VoiceAuth

@Suite(.takingTurns) struct CodeTests {
    @Test(arguments: [6, 8, 12]) func `a code has so many digits`(digits: Int) async throws {
        var rules = VoiceRules()
        rules.codeDigits = digits
        let code = try StoreBench(rules).store.drawCode()
        #expect(code.count == digits)
        #expect(code.utf8.allSatisfy { (0x30...0x39).contains($0) })
    }

    @Test func `digits that another session waits with are not given out again, and one's own are`() async throws {
        let bench = try StoreBench()
        let code = try await bench.code("contact-1")
        let other = try await bench.begun("contact-2")
        #expect(try await !bench.store.keep(code: code, for: other, deadline: bench.deadline))
        bench.advance(seconds: 121)
        #expect(try await bench.store.keep(code: code, for: other, deadline: bench.deadline))
    }

    @Test func `a code whose write got no answer is one's own`() async throws {
        let bench = try StoreBench()
        let place = try await bench.begun()
        bench.aws.behave { operation, number in
            operation == .putItem && number == 3 ? .resetAfterDoing : .normal
        }
        #expect(try await bench.store.keep(code: "12345678", for: place, deadline: bench.deadline))
    }

    @Test func `a code leads its first call to the session, again and again`() async throws {
        let bench = try StoreBench()
        let code = try await bench.code()
        for _ in 0..<2 {
            let entry = try await bench.enter(code)
            #expect(bench.prompt(entry)?.step == .consent)
            #expect(bench.prompt(entry)?.turn == 1)
        }
        #expect(try await bench.enter(code, "CA2") == .wrong)
        let decision = try await bench.store.advance(.current, callSID: "CA1", turn: 1, deadline: bench.deadline)
        #expect(decision.userID == "usr_1")
    }

    @Test func `of ten calls that send a code at once, one gets in`() async throws {
        let bench = try StoreBench()
        let code = try await bench.code()
        let entries = try await withThrowingTaskGroup(of: CodeEntry.self) { group in
            for number in 0..<10 { group.addTask { try await bench.enter(code, "CA\(number)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(entries.count { bench.prompt($0) != nil } == 1)
        #expect(entries.count { $0 == .wrong } == 9)
    }

    @Test(arguments: ["87654321", "1234567", ""])
    func `a call has one try, and burns nobody's session`(first: String) async throws {
        let bench = try StoreBench()
        let code = try await bench.code()
        let isShort = first.count < 8
        #expect(try await bench.enter(first) == (isShort ? .none : .wrong))
        // Twilio may tell of it twice.
        #expect(try await bench.enter(first) == .none)
        #expect(try await bench.enter(code) == .none)
        #expect(bench.prompt(try await bench.enter(code, "CA2")) != nil)
    }

    @Test func `of twenty codes that a call sends at once, one is tried`() async throws {
        let bench = try StoreBench()
        let entries = try await withThrowingTaskGroup(of: CodeEntry.self) { group in
            for number in 0..<20 { group.addTask { try await bench.enter("\(10_000_000 + number)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(entries.count { $0 == .wrong } == 1)
        #expect(entries.count { $0 == .none } == 19)
        #expect(bench.aws.calls.count { $0.operation == .getItem && $0.body.contains("code#") } == 1)
    }

    @Test func `a contact's begin under another identity ends its code`() async throws {
        let bench = try StoreBench()
        let code = try await bench.code()
        let place = bench.place()
        try await bench.store.link(place.session, to: place, deadline: bench.deadline)
        #expect(bench.prompt(try await bench.enter(code)) != nil)
        let other = VoicePlace(identity: "identity#other", session: place.session)
        let second = try await bench.code()
        try await bench.store.link(place.session, to: other, deadline: bench.deadline)
        #expect(try await bench.enter(second, "CA2") == .wrong)
    }

    @Test func `a code is of no use once its seconds are over`() async throws {
        let bench = try StoreBench()
        // In the middle of a second, which the TTL is rounded up from.
        bench.advance(milliseconds: 1)
        let code = try await bench.code()
        bench.advance(milliseconds: 119_999)
        #expect(bench.prompt(try await bench.enter(code)) != nil)
        let late = try await bench.code("contact-2")
        bench.advance(seconds: 120)
        #expect(try await bench.enter(late, "CA2") == .wrong)
    }

    @Test func `a contact's new begin ends its earlier codes, and no other's`() async throws {
        let bench = try StoreBench()
        let old = try await bench.code()
        let other = try await bench.code("contact-2")
        let new = try await bench.code()
        #expect(try await bench.enter(old, "CA1") == .wrong)
        #expect(bench.prompt(try await bench.enter(new, "CA2")) != nil)
        #expect(bench.prompt(try await bench.enter(other, "CA3")) != nil)
    }

    @Test func `a call whose place another has taken does not get it back by its code`() async throws {
        let bench = try StoreBench()
        var codes: [String] = []
        for number in 0..<2 {
            codes.append(try await bench.code())
            #expect(bench.prompt(try await bench.enter(codes[number], "CA\(number)")) != nil)
        }
        let old = try await bench.enter(codes[0], "CA0")
        guard case .accepted(let decision) = old else {
            Issue.record("\(old)")
            return
        }
        #expect(decision.answer == .end(.unknown))
        let answered = try await bench.store.advance(
            .consent(given: true), callSID: "CA0", turn: 1, deadline: bench.deadline)
        #expect(answered.answer == .end(.unknown))
        let current = try await bench.store.advance(
            .consent(given: true), callSID: "CA1", turn: 1, deadline: bench.deadline)
        #expect(current.answer != .end(.unknown))
    }

    @Test func `the table holds neither codes nor calls nor numbers`() async throws {
        let bench = try StoreBench()
        let code = try await bench.code("contact-4711")
        _ = try await bench.enter(code, "CA4711", from: "+12065550142")
        _ = try await bench.enter("00000000", "CA4712", from: "+12065550142")
        _ = try await bench.store.claim(recordingSID: "RE4711", callSID: "CA1", deadline: bench.deadline)
        let text = bench.aws.itemText + bench.aws.calls.map(\.body).joined()
        for secret in ["5550142", "contact-4711", "CA471", "RE4711", "\"\(code)\"", "\"00000000\""] {
            #expect(!text.contains(secret))
        }
        for plain in ["+12065550142", code, "CA4711", "contact-4711"] {
            #expect(!text.contains(SHA256.hexDigest(plain)))
        }
    }
}
