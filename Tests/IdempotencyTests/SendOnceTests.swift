import Idempotency
import LambdaRuntime
import Settings
import TestSupport
import Testing

@Suite(.takingTurns) struct SendOnceTests {
    @Test func `a repeat within 24 hours gets the first receipt and sends nothing`() async throws {
        let fixture = try OnceFixture()
        let receipt = Receipt(messageID: "m-1", details: ["parts": "1"])
        #expect(try await fixture.send() == .sent(receipt))
        #expect(try await fixture.send() == .duplicate(receipt))
        fixture.advance(seconds: 86_398)
        #expect(try await fixture.send() == .duplicate(receipt))
        #expect(fixture.sendCount == 1)
    }

    @Test func `a result that DynamoDB has not deleted yet does not count after 24 hours`() async throws {
        let fixture = try OnceFixture()
        _ = try await fixture.send()
        fixture.advance(seconds: 86_401)
        #expect(try await fixture.send() == .sent(Receipt(messageID: "m-2", details: ["parts": "2"])))
        #expect(fixture.aws.items.count == 1)
    }

    @Test func `another key is another message`() async throws {
        let fixture = try OnceFixture()
        _ = try await fixture.send()
        _ = try await fixture.send(OnceFixture.key("l"))
        _ = try await fixture.send(OnceFixture.key("k", function: "Other"))
        #expect(fixture.sendCount == 3)
    }

    @Test func `of many at once one sends, and the others wait for its receipt`() async throws {
        let fixture = try OnceFixture()
        let outcomes = await withTaskGroup(of: SendOutcome?.self) { group in
            for _ in 0..<12 {
                group.addTask { try? await fixture.send(within: .seconds(8), taking: .milliseconds(300)) }
            }
            return await group.reduce(into: [SendOutcome?]()) { $0.append($1) }
        }
        let receipt = Receipt(messageID: "m-1", details: ["parts": "1"])
        #expect(fixture.sendCount == 1)
        #expect(outcomes.count { $0 == .sent(receipt) } == 1)
        #expect(outcomes.count { $0 == .duplicate(receipt) } == 11)
    }

    @Test func `who waits until the deadline fails and sends nothing`() async throws {
        let fixture = try OnceFixture()
        async let first = fixture.send(within: .seconds(8), taking: .seconds(4))
        try await Task.sleep(for: .milliseconds(200))
        let started = ContinuousClock.now
        let error = await #expect(throws: FunctionError.self) { try await fixture.send(within: .seconds(2)) }
        #expect(error?.code == .serviceUnavailable)
        #expect(.now - started < .seconds(3))
        _ = try await first
        #expect(fixture.sendCount == 1)
    }

    @Test func `who waits sends when the first is refused`() async throws {
        let fixture = try OnceFixture()
        let first = Task {
            try await fixture.send(taking: .milliseconds(300)) { _ throws(DeliveryError) in throw OnceFixture.refusal }
        }
        try await Task.sleep(for: .milliseconds(100))
        #expect(try await fixture.send() == .sent(Receipt(messageID: "m-2", details: ["parts": "2"])))
        await #expect(throws: FunctionError(OnceFixture.refusal)) { try await first.value }
    }

    @Test func `a definite refusal fails as it is and leaves no claim`() async throws {
        let fixture = try OnceFixture()
        await #expect(throws: FunctionError(OnceFixture.refusal)) {
            try await fixture.send { _ throws(DeliveryError) in throw OnceFixture.refusal }
        }
        #expect(fixture.aws.items.isEmpty)
        #expect(try await fixture.send() == .sent(Receipt(messageID: "m-2", details: ["parts": "2"])))
    }

    @Test func `what is withheld leaves no record`() async throws {
        let fixture = try OnceFixture()
        for _ in 0..<2 {
            #expect(try await fixture.send { _ throws(DeliveryError) in .withheld } == .withheld)
        }
        #expect(fixture.aws.items.isEmpty)
        #expect(fixture.sendCount == 2)
    }

    @Test func `an unknown outcome blocks the key for 300 seconds, then a repeat sends afresh`() async throws {
        let fixture = try OnceFixture()
        await #expect(throws: FunctionError(OnceFixture.unknown)) {
            try await fixture.send { _ throws(DeliveryError) in throw OnceFixture.unknown }
        }
        for _ in 0..<2 {
            let started = ContinuousClock.now
            let error = await #expect(throws: FunctionError.self) { try await fixture.send() }
            #expect(error?.code == .serviceUnavailable)
            #expect(.now - started < .seconds(1), "it is known at once, so nobody waits")
            fixture.advance(seconds: 149)
        }
        #expect(fixture.sendCount == 1)
        fixture.advance(seconds: 3)
        #expect(try await fixture.send() == .sent(Receipt(messageID: "m-2", details: ["parts": "2"])))
    }

    @Test func `the 300 seconds begin when the outcome becomes unknown`() async throws {
        let fixture = try OnceFixture()
        _ = try? await fixture.send { _ throws(DeliveryError) in
            fixture.advance(seconds: 60)
            throw OnceFixture.unknown
        }
        fixture.advance(seconds: 290)
        await #expect(throws: FunctionError.self) { try await fixture.send() }
        fixture.advance(seconds: 11)
        _ = try await fixture.send()
        #expect(fixture.sendCount == 2)
    }

    @Test func `keys of content differ in each part, wherever its text is cut`() {
        func key(_ contact: String, _ template: String, _ to: String, _ content: [String]) -> IdempotencyKey {
            IdempotencyKey(
                function: "Test", contactID: contact, template: template, destination: to, content: content)
        }
        let keys = [
            key("c", "t", "d", ["x", "y"]), key("ct", "", "d", ["x", "y"]), key("c", "t", "d", ["xy"]),
            key("c", "t", "d", ["x", "", "y"]), key("c", "t", "dx", ["y"]), key("", "t", "d", ["x", "y"]),
            OnceFixture.key("c"), OnceFixture.key("c", function: "Other"),
        ]
        #expect(Set(keys.map(\.id)).count == keys.count)
        #expect(keys.allSatisfy { $0.id.count == 64 })
        #expect(key("c", "t", "d", ["x"]) == key("c", "t", "d", ["x"]))
    }
}
