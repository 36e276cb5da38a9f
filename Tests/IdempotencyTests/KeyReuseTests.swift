import Idempotency
import LambdaRuntime
import Settings
import TestSupport
import Testing

/// A key that was given before, for other content.
@Suite(.takingTurns) struct KeyReuseTests {
    private static let others = [
        OnceFixture.key("k", template: "u"), OnceFixture.key("k", destination: "e"),
        OnceFixture.key("k", content: ["y"]), OnceFixture.key("k", content: ["x", ""]),
        OnceFixture.key("k", template: "td", destination: ""),
    ]

    private func expectReuse(_ fixture: OnceFixture, _ key: IdempotencyKey) async throws {
        let error = await #expect(throws: SendOnceError<DeliveryError>.self) { try await fixture.attempt(key) }
        #expect(error?.errorType == "Function.IdempotencyKeyReused")
        #expect(error?.mayHaveBeenSent == false)
    }

    @Test func `another template, recipient or content under a key sends nothing`() async throws {
        let fixture = try OnceFixture()
        _ = try await fixture.send()
        for key in Self.others { try await expectReuse(fixture, key) }
        #expect(fixture.sendCount == 1)
        #expect(try await fixture.send() == .duplicate(Receipt(messageID: "m-1", details: ["parts": "1"])))
    }

    @Test func `after 24 hours the key is free`() async throws {
        let fixture = try OnceFixture()
        _ = try await fixture.send()
        fixture.advance(seconds: 86_401)
        _ = try await fixture.send(Self.others[0])
        #expect(fixture.sendCount == 2)
        try await expectReuse(fixture, OnceFixture.key)
    }

    @Test func `an unknown outcome of other content stays unknown to its own repeat`() async throws {
        let fixture = try OnceFixture()
        _ = try? await fixture.send { _ throws(DeliveryError) in throw OnceFixture.unknown }
        try await expectReuse(fixture, Self.others[0])
        let error = await #expect(throws: FunctionError.self) { try await fixture.send() }
        #expect(error?.code == .serviceUnavailable)
        #expect(fixture.sendCount == 1)
    }

    @Test func `other content does not wait for a send that is at work`() async throws {
        let fixture = try OnceFixture()
        async let first = fixture.send(taking: .seconds(2))
        try await Task.sleep(for: .milliseconds(300))
        let started = ContinuousClock.now
        try await expectReuse(fixture, Self.others[0])
        #expect(.now - started < .seconds(1))
        _ = try await first
        #expect(fixture.sendCount == 1)
    }

    @Test func `a refused send leaves the key to any content`() async throws {
        let fixture = try OnceFixture()
        _ = try? await fixture.send { _ throws(DeliveryError) in throw OnceFixture.refusal }
        _ = try await fixture.send(Self.others[0])
        #expect(fixture.sendCount == 2)
    }

    @Test func `a record of before, without the content, is a duplicate of whatever is sent`() async throws {
        let fixture = try OnceFixture()
        _ = try await fixture.send()
        fixture.aws.changeItems { $0["content"] = nil }
        for key in [OnceFixture.key] + Self.others {
            #expect(try await fixture.send(key) == .duplicate(Receipt(messageID: "m-1", details: ["parts": "1"])))
        }
        #expect(fixture.sendCount == 1)
    }

    @Test func `a claim of before, of unknown outcome, is unavailable`() async throws {
        let fixture = try OnceFixture()
        _ = try? await fixture.send { _ throws(DeliveryError) in throw OnceFixture.unknown }
        fixture.aws.changeItems { $0["content"] = nil }
        let error = await #expect(throws: FunctionError.self) { try await fixture.send(Self.others[0]) }
        #expect(error?.code == .serviceUnavailable)
    }

    @Test func `the record holds hashes, and not the content`() async throws {
        let fixture = try OnceFixture()
        _ = try await fixture.send(OnceFixture.key("k", template: "Ttt", destination: "Ddd", content: ["Xxx"]))
        let item = try #require(fixture.aws.items.first)
        #expect(item["content"]?.S?.count == 64)
        let written = fixture.aws.bodies(of: .putItem).joined()
        for text in ["Ttt", "Ddd", "Xxx"] { #expect(!written.contains(text)) }
        // Of before the send and after it.
        #expect(fixture.aws.bodies(of: .putItem).allSatisfy { $0.contains(item["content"]?.S ?? "none") })
    }
}
