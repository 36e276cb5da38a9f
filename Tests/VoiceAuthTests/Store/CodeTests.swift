import AWS
import Crypto
import TestSupport
import Testing

@testable import VoiceAuth

@Suite(.takingTurns) struct CodeTests {
    @Test(arguments: [6, 8, 12]) func `a code has so many digits`(digits: Int) async throws {
        var rules = VoiceRules()
        rules.codeDigits = digits
        let code = try StoreFixture(rules).store.drawCode()
        #expect(code.count == digits)
        #expect(code.utf8.allSatisfy { (0x30...0x39).contains($0) })
    }

    @Test func `digits that another session waits with are not given out again, and one's own are`() async throws {
        let fixture = try StoreFixture()
        let code = try await fixture.code("contact-1")
        let other = try await fixture.begun("contact-2")
        #expect(try await !fixture.store.keep(code: code, for: other, deadline: fixture.deadline))
        fixture.advance(seconds: 121)
        #expect(try await fixture.store.keep(code: code, for: other, deadline: fixture.deadline))
    }

    @Test func `a code whose write got no answer is one's own`() async throws {
        let fixture = try StoreFixture()
        let place = try await fixture.begun()
        fixture.aws.behave { operation, number in
            operation == .putItem && number == 3 ? .resetAfterDoing : .normal
        }
        #expect(try await fixture.store.keep(code: "12345678", for: place, deadline: fixture.deadline))
    }

    @Test func `a code leads its first call to the session, again and again`() async throws {
        let fixture = try StoreFixture()
        let code = try await fixture.code()
        for _ in 0..<2 {
            let entry = try await fixture.enter(code)
            #expect(fixture.prompt(entry)?.step == .consent)
            #expect(fixture.prompt(entry)?.turn == 1)
        }
        #expect(try await fixture.enter(code, "CA2") == .wrong)
        let decision = try await fixture.store.advance(.current, callSID: "CA1", turn: 1, deadline: fixture.deadline)
        #expect(decision.identity?.userID == "usr_1")
    }

    @Test func `of ten calls that send a code at once, one gets in`() async throws {
        let fixture = try StoreFixture()
        let code = try await fixture.code()
        let entries = try await withThrowingTaskGroup(of: CodeEntry.self) { group in
            for number in 0..<10 { group.addTask { try await fixture.enter(code, "CA\(number)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(entries.count { fixture.prompt($0) != nil } == 1)
        #expect(entries.count { $0 == .wrong } == 9)
    }

    @Test(arguments: ["87654321", "1234567", ""])
    func `a call has one try, and burns nobody's session`(first: String) async throws {
        let fixture = try StoreFixture()
        let code = try await fixture.code()
        let isShort = first.count < 8
        #expect(try await fixture.enter(first) == (isShort ? .none : .wrong))
        // Twilio may report it twice.
        #expect(try await fixture.enter(first) == .none)
        #expect(try await fixture.enter(code) == .none)
        #expect(fixture.prompt(try await fixture.enter(code, "CA2")) != nil)
    }

    @Test func `of twenty codes that a call sends at once, one is tried`() async throws {
        let fixture = try StoreFixture()
        let entries = try await withThrowingTaskGroup(of: CodeEntry.self) { group in
            for number in 0..<20 { group.addTask { try await fixture.enter("\(10_000_000 + number)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(entries.count { $0 == .wrong } == 1)
        #expect(entries.count { $0 == .none } == 19)
        #expect(fixture.aws.calls.count { $0.operation == .getItem && $0.body.contains("code#") } == 1)
    }

    @Test func `a contact's begin under another identity ends its code`() async throws {
        let fixture = try StoreFixture()
        let code = try await fixture.code()
        let place = fixture.place()
        try await fixture.store.link(place.session, to: place, deadline: fixture.deadline)
        #expect(fixture.prompt(try await fixture.enter(code)) != nil)
        let other = VoicePlace(identity: "identity#other", session: place.session)
        let second = try await fixture.code()
        try await fixture.store.link(place.session, to: other, deadline: fixture.deadline)
        #expect(try await fixture.enter(second, "CA2") == .wrong)
    }

    @Test func `a code is of no use once its seconds are over`() async throws {
        let fixture = try StoreFixture()
        // In the middle of a second, which the TTL is rounded up from.
        fixture.advance(milliseconds: 1)
        let code = try await fixture.code()
        fixture.advance(milliseconds: 119_999)
        #expect(fixture.prompt(try await fixture.enter(code)) != nil)
        let late = try await fixture.code("contact-2")
        fixture.advance(seconds: 120)
        #expect(try await fixture.enter(late, "CA2") == .wrong)
    }

    @Test func `a contact's new begin ends its earlier codes, and no other's`() async throws {
        let fixture = try StoreFixture()
        let old = try await fixture.code()
        let other = try await fixture.code("contact-2")
        let new = try await fixture.code()
        #expect(try await fixture.enter(old, "CA1") == .wrong)
        #expect(fixture.prompt(try await fixture.enter(new, "CA2")) != nil)
        #expect(fixture.prompt(try await fixture.enter(other, "CA3")) != nil)
    }

    @Test func `a call whose place another has taken does not get it back by its code`() async throws {
        let fixture = try StoreFixture()
        var codes: [String] = []
        for number in 0..<2 {
            codes.append(try await fixture.code())
            #expect(fixture.prompt(try await fixture.enter(codes[number], "CA\(number)")) != nil)
        }
        let old = try await fixture.enter(codes[0], "CA0")
        guard case .accepted(let decision) = old else {
            Issue.record("\(old)")
            return
        }
        #expect(decision.answer == .end(.unknown))
        let answered = try await fixture.store.advance(
            .consent(given: true), callSID: "CA0", turn: 1, deadline: fixture.deadline)
        #expect(answered.answer == .end(.unknown))
        let current = try await fixture.store.advance(
            .consent(given: true), callSID: "CA1", turn: 1, deadline: fixture.deadline)
        #expect(current.answer != .end(.unknown))
    }

    @Test func `the table holds neither codes nor calls nor numbers`() async throws {
        let fixture = try StoreFixture()
        let code = try await fixture.code("contact-4711")
        _ = try await fixture.enter(code, "CA4711", from: "+12065550142")
        _ = try await fixture.enter("00000000", "CA4712", from: "+12065550142")
        _ = try await fixture.store.claim(recordingSID: "RE4711", callSID: "CA1", deadline: fixture.deadline)
        let text = fixture.aws.itemText + fixture.aws.calls.map(\.body).joined()
        for secret in ["5550142", "contact-4711", "CA471", "RE4711", "\"\(code)\"", "\"00000000\""] {
            #expect(!text.contains(secret))
        }
        for plain in ["+12065550142", code, "CA4711", "contact-4711"] {
            #expect(!text.contains(SHA256.hexDigest(plain)))
        }
    }
}
