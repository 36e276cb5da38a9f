import AWS
import TestSupport
import Testing

@testable import VoiceAuth

@Suite(.takingTurns) struct CodeTests {
    @Test(arguments: [4, 6, 12]) func `a code has so many digits`(digits: Int) async throws {
        var rules = VoiceRules()
        rules.codeDigits = digits
        let bench = try StoreBench(rules)
        let code = try await bench.store.makeCode(for: bench.begun(), deadline: bench.deadline)
        #expect(code.count == digits)
        #expect(code.utf8.allSatisfy { (0x30...0x39).contains($0) })
    }

    @Test func `each code is another, and drawn anew while it is in use`() async throws {
        var rules = VoiceRules()
        rules.codeDigits = 4
        let bench = try StoreBench(rules)
        let place = try await bench.begun()
        var codes: Set<String> = []
        for _ in 0..<40 { codes.insert(try await bench.store.makeCode(for: place, deadline: bench.deadline)) }
        #expect(codes.count == 40)
    }

    @Test func `a code leads its first call to the session, again and again`() async throws {
        let bench = try StoreBench()
        let code = try await bench.store.makeCode(for: bench.begun(), deadline: bench.deadline)
        for _ in 0..<2 {
            let entry = try await bench.store.enter(code: code, attempt: 0, callSID: "CA1", deadline: bench.deadline)
            #expect(bench.prompt(entry)?.step == .consent)
            #expect(bench.prompt(entry)?.turn == 1)
        }
        let other = try await bench.store.enter(code: code, attempt: 0, callSID: "CA2", deadline: bench.deadline)
        #expect(other == .askAgain(attempt: 1))
        let decision = try await bench.store.advance(.current, callSID: "CA1", turn: 1, deadline: bench.deadline)
        #expect(decision.userID == "usr_1")
    }

    @Test func `of ten calls that send a code at once, one gets in`() async throws {
        let bench = try StoreBench()
        let code = try await bench.store.makeCode(for: bench.begun(), deadline: bench.deadline)
        let store = bench.store
        let entries = try await withThrowingTaskGroup(of: CodeEntry.self) { group in
            for number in 0..<10 {
                group.addTask {
                    try await store.enter(
                        code: code, attempt: 0, callSID: "CA\(number)", deadline: .now + .seconds(10))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(entries.count { bench.prompt($0) != nil } == 1)
        #expect(entries.count { $0 == .askAgain(attempt: 1) } == 9)
    }

    @Test func `three wrong codes end a call, for the right one too, and burn nobody's session`() async throws {
        let bench = try StoreBench()
        let code = try await bench.store.makeCode(for: bench.begun(), deadline: bench.deadline)
        func enter(_ text: String, _ attempt: Int, _ call: String = "CA1") async throws -> CodeEntry {
            try await bench.store.enter(code: text, attempt: attempt, callSID: call, deadline: bench.deadline)
        }
        #expect(try await enter("1", 0) == .askAgain(attempt: 1))
        #expect(try await enter("12", 1) == .askAgain(attempt: 2))
        #expect(try await enter("123", 2) == .ended(.unknown))
        #expect(try await enter(code, 3) == .ended(.unknown))
        #expect(bench.prompt(try await enter(code, 0, "CA2")) != nil)
    }

    @Test func `a webhook that comes twice counts once`() async throws {
        let bench = try StoreBench()
        for _ in 0..<5 {
            let entry = try await bench.store.enter(code: "1", attempt: 0, callSID: "CA1", deadline: bench.deadline)
            #expect(entry == .askAgain(attempt: 1))
        }
    }

    @Test func `another wrong code is another guess, whatever question it answers`() async throws {
        let bench = try StoreBench()
        let code = try await bench.store.makeCode(for: bench.begun(), deadline: bench.deadline)
        func enter(_ text: String) async throws -> CodeEntry {
            try await bench.store.enter(code: text, attempt: 0, callSID: "CA1", deadline: bench.deadline)
        }
        #expect(try await enter("1") == .askAgain(attempt: 1))
        #expect(try await enter("12") == .askAgain(attempt: 2))
        #expect(try await enter("123") == .ended(.unknown))
        #expect(try await enter(code) == .ended(.unknown))
    }

    @Test func `of twenty codes that a call sends at once, three are tried`() async throws {
        let bench = try StoreBench()
        let store = bench.store
        let entries = try await withThrowingTaskGroup(of: CodeEntry.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await store.enter(
                        code: "\(100_000 + number)", attempt: 0, callSID: "CA1", deadline: .now + .seconds(10))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(entries.count { $0 == .ended(.unknown) } == 18)
        #expect(bench.aws.calls.count { $0.operation == .getItem && $0.body.contains("code#") } == 3)
    }

    @Test func `a code is of no use once its seconds are over`() async throws {
        let bench = try StoreBench()
        // In the middle of a second, which the TTL is rounded up from.
        bench.advance(milliseconds: 1)
        let code = try await bench.store.makeCode(for: bench.begun(), deadline: bench.deadline)
        bench.advance(seconds: 120)
        let entry = try await bench.store.enter(code: code, attempt: 0, callSID: "CA1", deadline: bench.deadline)
        #expect(entry == .askAgain(attempt: 1))
    }

    @Test func `a call whose place another has taken does not get it back by its code`() async throws {
        let bench = try StoreBench()
        let place = try await bench.begun()
        var codes: [String] = []
        for number in 0..<2 {
            codes.append(try await bench.store.makeCode(for: place, deadline: bench.deadline))
            _ = try await bench.store.enter(
                code: codes[number], attempt: 0, callSID: "CA\(number)", deadline: bench.deadline)
        }
        let old = try await bench.store.enter(code: codes[0], attempt: 0, callSID: "CA0", deadline: bench.deadline)
        guard case .accepted(let decision) = old else {
            Issue.record("\(old)")
            return
        }
        #expect(decision.answer == .end(.unknown))
        let current = try await bench.store.advance(
            .consent(given: true), callSID: "CA1", turn: 1, deadline: bench.deadline)
        #expect(current.answer != .end(.unknown))
    }

    @Test func `silence is asked three times, and counts apart from wrong codes`() async throws {
        let bench = try StoreBench()
        for attempt in 0..<3 {
            let entry = try await bench.store.enter(
                code: nil, attempt: attempt, callSID: "CA1", deadline: bench.deadline)
            #expect(entry == .askAgain(attempt: attempt + 1))
        }
        let entry = try await bench.store.enter(code: "", attempt: 3, callSID: "CA1", deadline: bench.deadline)
        #expect(entry == .ended(.silent))
    }

    @Test func `three silences are a call's, whatever it was asked`() async throws {
        let bench = try StoreBench()
        let code = try await bench.store.makeCode(for: bench.begun(), deadline: bench.deadline)
        for attempt in [0, 0, 1] {
            _ = try await bench.store.enter(code: nil, attempt: attempt, callSID: "CA1", deadline: bench.deadline)
        }
        let entry = try await bench.store.enter(code: code, attempt: 2, callSID: "CA1", deadline: bench.deadline)
        let turn = try #require(bench.prompt(entry)?.turn)
        let third = try await bench.store.advance(.silence, callSID: "CA1", turn: turn, deadline: bench.deadline)
        guard case .ask(let prompt) = third.answer else {
            Issue.record("\(third.answer)")
            return
        }
        let fourth = try await bench.store.advance(
            .silence, callSID: "CA1", turn: prompt.turn, deadline: bench.deadline)
        #expect(fourth.answer == .end(.silent))
    }

    @Test func `a later code of a contact takes the session over`() async throws {
        let bench = try StoreBench()
        let place = try await bench.begun()
        let codes = [
            try await bench.store.makeCode(for: place, deadline: bench.deadline),
            try await bench.store.makeCode(for: place, deadline: bench.deadline),
        ]
        for (number, code) in codes.enumerated() {
            let entry = try await bench.store.enter(
                code: code, attempt: 0, callSID: "CA\(number)", deadline: bench.deadline)
            #expect(bench.prompt(entry) != nil)
        }
        let old = try await bench.store.advance(
            .consent(given: true), callSID: "CA0", turn: 1, deadline: bench.deadline)
        #expect(old.answer == .end(.unknown))
    }

    @Test func `the table holds neither codes nor calls nor numbers`() async throws {
        let bench = try StoreBench()
        let code = try await bench.store.makeCode(for: bench.begun("contact-4711"), deadline: bench.deadline)
        _ = try await bench.store.enter(code: code, attempt: 0, callSID: "CA4711", deadline: bench.deadline)
        _ = try await bench.store.claim(recordingSID: "RE4711", callSID: "CA1", deadline: bench.deadline)
        let text = bench.aws.itemText
        for secret in ["5550142", "contact-4711", "CA4711", "RE4711", "\"\(code)\""] { #expect(!text.contains(secret)) }
        for plain in ["+12065550142", code, "CA4711", "contact-4711"] {
            #expect(!text.contains(SHA256.hexDigest(plain)))
        }
    }
}
