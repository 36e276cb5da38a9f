import Idempotency
import LambdaRuntime
import Settings
import TestSupport
import Testing

@Suite(.takingTurns) struct SendOnceFailureTests {
    @Test(arguments: [
        (500, "InternalServerError"), (400, "ThrottlingException"), (400, "ResourceNotFoundException"),
        (400, "AccessDeniedException"), (400, "ValidationException"),
    ]) func `when the table fails nothing is sent`(status: Int, code: String) async throws {
        let fixture = try OnceFixture()
        fixture.aws.behave { _, _ in .refuse(status: status, code: code) }
        let error = await #expect(throws: FunctionError.self) { try await fixture.send() }
        #expect(error?.code == .serviceUnavailable)
        #expect(error?.description.contains(code) == true)
        #expect(fixture.sendCount == 0)
    }

    @Test func `a table that does not take the claim means that nothing was sent, all else leaves it open`()
        async throws
    {
        let fixture = try OnceFixture()
        func failure() async -> SendOnceError<DeliveryError>? {
            await #expect(throws: SendOnceError<DeliveryError>.self) { try await fixture.attempt(within: .seconds(3)) }
        }
        for behaviour in [
            AWSDouble.Behaviour.hang, .resetAfterDoing, .refuse(status: 400, code: "ResourceNotFoundException"),
            .refuse(status: 500, code: "InternalServerError"),
        ] {
            fixture.aws.behave { _, _ in behaviour }
            #expect(await failure()?.mayHaveBeenSent == false, "\(behaviour)")
        }
        #expect(fixture.sendCount == 0)
        fixture.aws.behave { _, _ in .normal }
        fixture.advance(seconds: 301)
        _ = try? await fixture.attempt { _ throws(DeliveryError) in throw OnceFixture.unknown }
        #expect(await failure()?.mayHaveBeenSent == true)
        #expect(fixture.sendCount == 1)
    }

    @Test func `when the table hangs the invocation fails before its deadline and sends nothing`() async throws {
        let fixture = try OnceFixture()
        fixture.aws.behave { _, _ in .hang }
        let started = ContinuousClock.now
        let error = await #expect(throws: FunctionError.self) { try await fixture.send(within: .seconds(4)) }
        #expect(error?.code == .serviceUnavailable)
        #expect(.now - started < .seconds(4))
        #expect(fixture.sendCount == 0)
    }

    @Test func `a claim whose answer was lost is known again by its token`() async throws {
        let fixture = try OnceFixture()
        fixture.aws.behave { operation, number in operation == .putItem && number == 1 ? .resetAfterDoing : .normal }
        #expect(try await fixture.send() == .sent(Receipt(messageID: "m-1", details: ["parts": "1"])))
        #expect(fixture.sendCount == 1)
    }

    @Test(arguments: [
        AWSDouble.Behaviour.refuse(status: 500, code: "InternalServerError"),
        .refuse(status: 400, code: "ThrottlingException"), .refuse(status: 400, code: "AccessDeniedException"),
    ]) func `a claim whose answer was lost is given back when the later tries are refused`(
        refusal: AWSDouble.Behaviour
    ) async throws {
        let fixture = try OnceFixture()
        fixture.aws.behave { operation, number in
            guard operation == .putItem, number <= 3 else { return .normal }
            return number == 1 ? .resetAfterDoing : refusal
        }
        let error = await #expect(throws: FunctionError.self) { try await fixture.send() }
        #expect(error?.code == .serviceUnavailable)
        #expect(fixture.aws.items.isEmpty)
        fixture.aws.behave { _, _ in .normal }
        #expect(try await fixture.send() == .sent(Receipt(messageID: "m-1", details: ["parts": "1"])))
    }

    @Test func `a claim that was written in spite of a 500 is given back`() async throws {
        let fixture = try OnceFixture()
        fixture.aws.behave { operation, number in
            operation == .putItem && number <= 3 ? .refuseAfterDoing(status: 500) : .normal
        }
        await #expect(throws: FunctionError.self) { try await fixture.send() }
        #expect(fixture.aws.bodies(of: .putItem).count == 3)
        #expect(fixture.aws.items.isEmpty)
    }

    @Test func `a result whose writing fails is written again`() async throws {
        let fixture = try OnceFixture()
        fixture.aws.behave { operation, number in
            operation == .putItem && (2...7).contains(number)
                ? .refuse(status: 500, code: "InternalServerError") : .normal
        }
        let receipt = Receipt(messageID: "m-1", details: ["parts": "1"])
        #expect(try await fixture.send(within: .seconds(5)) == .sent(receipt))
        #expect(try await fixture.send() == .duplicate(receipt))
    }

    @Test func `a result that cannot be written is still sent, is logged, and is not sent again`() async throws {
        let fixture = try OnceFixture()
        fixture.aws.behave { operation, number in
            operation == .putItem && number > 1 ? .refuse(status: 400, code: "AccessDeniedException") : .normal
        }
        let started = ContinuousClock.now
        #expect(
            try await fixture.send(within: .seconds(4)) == .sent(Receipt(messageID: "m-1", details: ["parts": "1"])))
        #expect(.now - started < .seconds(4))
        #expect(fixture.log.contains { $0.contains("not recorded") })
        fixture.aws.behave { _, _ in .normal }
        let error = await #expect(throws: FunctionError.self) { try await fixture.send(within: .seconds(1)) }
        #expect(error?.code == .serviceUnavailable)
        #expect(fixture.sendCount == 1)
    }

    @Test func `a claim of a process that died blocks its key until it expires`() async throws {
        let fixture = try OnceFixture()
        // The process dies between its claim and its send: no further write.
        fixture.aws.behave { operation, _ in
            operation == .deleteItem ? .refuse(status: 400, code: "AccessDeniedException") : .normal
        }
        _ = try? await fixture.send(within: .seconds(3)) { _ throws(DeliveryError) in throw OnceFixture.refusal }
        #expect(fixture.aws.items.count == 1)
        fixture.advance(seconds: 10)
        let started = ContinuousClock.now
        let error = await #expect(throws: FunctionError.self) { try await fixture.send(within: .seconds(5)) }
        #expect(error?.code == .serviceUnavailable)
        #expect(.now - started < .seconds(2), "its invocation is over, so nobody waits for it")
        #expect(fixture.sendCount == 1)
        fixture.advance(seconds: 291)
        #expect(try await fixture.send() == .sent(Receipt(messageID: "m-2", details: ["parts": "2"])))
    }

    @Test func `a cancelled invocation settles its claim all the same`() async throws {
        let fixture = try OnceFixture()
        let task = Task { try await fixture.send(within: .seconds(5), taking: .seconds(2)) }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        _ = try await task.value
        #expect(try await fixture.send() == .duplicate(Receipt(messageID: "m-1", details: ["parts": "1"])))
    }

    @Test func `the item of another is neither released nor overwritten`() async throws {
        let fixture = try OnceFixture()
        _ = try? await fixture.send { _ throws(DeliveryError) in
            fixture.aws.changeItems { $0["token"]?.S = "another's" }
            throw OnceFixture.refusal
        }
        #expect(fixture.aws.items.count == 1)
        _ = try? await fixture.send(OnceFixture.key("l")) { _ throws(DeliveryError) in
            fixture.aws.changeItems { $0["token"]?.S = "another's" }
            return .sent(Receipt(messageID: "m"))
        }
        #expect(fixture.aws.items.allSatisfy { $0["status"]?.S == "claimed" })
    }

    @Test func `an item that says nothing readable counts as an unknown outcome`() async throws {
        let fixture = try OnceFixture()
        _ = try await fixture.send()
        fixture.aws.changeItems { $0 = ["id": $0["id"] ?? DynamoDBValue(), "status": DynamoDBValue(S: "?")] }
        let error = await #expect(throws: FunctionError.self) { try await fixture.send() }
        #expect(error?.code == .serviceUnavailable)
        #expect(fixture.sendCount == 1)
    }
}
