import TestSupport
import Testing

@testable import VoiceAuth

/// Wrong codes, counted by who calls.
@Suite(.takingTurns) struct CodeBarTests {
    private static let caller = "+12065550142"
    private static let wrong = "00000000"

    private func isClosed(_ fixture: StoreFixture, _ from: String = Self.caller) async throws -> Bool {
        let bar = try #require(fixture.store.bar(of: from, shared: []))
        return try await fixture.store.isClosed(bar, deadline: fixture.deadline)
    }

    private func err(_ fixture: StoreFixture, _ calls: Range<Int>) async throws {
        for number in calls {
            #expect(try await fixture.enter(Self.wrong, "CA\(number)", from: Self.caller) == .wrong)
        }
    }

    @Test func `ten wrong codes of a number close it, for the right one too, and for nobody else`() async throws {
        let fixture = try StoreFixture()
        try await err(fixture, 0..<9)
        #expect(try await !isClosed(fixture))
        try await err(fixture, 9..<10)
        #expect(try await isClosed(fixture))
        #expect(try await !isClosed(fixture, "+12065550143"))
        let code = try await fixture.code()
        #expect(try await fixture.enter(code, "CA10", from: Self.caller) == .barred)
        #expect(try await fixture.enter(code, "CA10", from: Self.caller) == .barred)
        #expect(fixture.prompt(try await fixture.enter(code, "CA11", from: "+12065550143")) != nil)
    }

    @Test func `a right code neither counts nor clears the count`() async throws {
        let fixture = try StoreFixture()
        try await err(fixture, 0..<9)
        #expect(fixture.prompt(try await fixture.enter(try await fixture.code(), "CA-right", from: Self.caller)) != nil)
        #expect(try await !isClosed(fixture))
        try await err(fixture, 9..<10)
        #expect(try await isClosed(fixture))
    }

    @Test func `expired and used codes are wrong, silence and short ones are none`() async throws {
        let fixture = try StoreFixture()
        let used = try await fixture.code("contact-1")
        _ = try await fixture.enter(used, "CA-first")
        let expired = try await fixture.code("contact-2")
        fixture.advance(seconds: 121)
        for number in 0..<20 { #expect(try await fixture.enter("", "CA-s\(number)", from: Self.caller) == .none) }
        for number in 0..<20 {
            #expect(try await fixture.enter("1234567", "CA-d\(number)", from: Self.caller) == .none)
        }
        for number in 0..<5 {
            #expect(try await fixture.enter(used, "CA-u\(number)", from: Self.caller) == .wrong)
            #expect(try await !isClosed(fixture))
            #expect(try await fixture.enter(expired, "CA-e\(number)", from: Self.caller) == .wrong)
        }
        #expect(try await isClosed(fixture))
    }

    @Test func `a webhook that comes twice counts once`() async throws {
        let fixture = try StoreFixture()
        #expect(try await fixture.enter(Self.wrong, "CA1", from: Self.caller) == .wrong)
        // No second line of the log, and no second count.
        for _ in 0..<15 { #expect(try await fixture.enter(Self.wrong, "CA1", from: Self.caller) == .none) }
        #expect(try await !isClosed(fixture))
    }

    @Test func `a wrong code counts for the lockout's seconds`() async throws {
        let fixture = try StoreFixture()
        try await err(fixture, 0..<1)
        fixture.advance(seconds: 100)
        try await err(fixture, 1..<10)
        fixture.advance(milliseconds: 799_999)
        #expect(try await isClosed(fixture))
        fixture.advance(milliseconds: 1)
        #expect(try await !isClosed(fixture))
        try await err(fixture, 10..<11)
        #expect(try await isClosed(fixture))
    }

    @Test func `of thirty wrong codes at once no more than ten are tried`() async throws {
        let fixture = try StoreFixture()
        let entries = try await withThrowingTaskGroup(of: CodeEntry.self) { group in
            for number in 0..<30 {
                group.addTask { try await fixture.enter("\(10_000_000 + number)", "CA\(number)", from: Self.caller) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(entries.count { $0 == .wrong } == 10)
        #expect(entries.count { $0 == .barred } == 20)
        #expect(fixture.aws.calls.count { $0.operation == .getItem && $0.body.contains("code#") } == 10)
    }

    @Test(arguments: [nil, "", "anonymous", "+266696687", "+17868645177"])
    func `withheld callers and those that many share are not counted`(from: String?) throws {
        let fixture = try StoreFixture()
        #expect(fixture.store.bar(of: from, shared: ["+17868645177"]) == nil)
        #expect(fixture.store.bar(of: Self.caller, shared: ["+17868645177"]) != nil)
    }
}
