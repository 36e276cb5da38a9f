import Calling
import TestSupport
import Testing

@testable import AWS

@Suite(.takingTurns) struct AWSClientRetryTests {
    private let sent = ScriptedServer.Response(#"{"MessageId":"m-1"}"#)
    private let throttled = ScriptedServer.Response(status: 400, #"{"__type":"ThrottlingException"}"#)

    private func send(_ fixture: ClientFixture, deadline: ContinuousClock.Instant = soon) async throws(AWSError)
        -> String
    {
        let email = Email(from: "a@example.com", to: ["b@example.com"], subject: "s", text: "t")
        return try await SESClient(fixture.client).sendEmail(email, deadline: deadline)
    }

    private func fetch(_ fixture: ClientFixture, deadline: ContinuousClock.Instant = soon) async throws(AWSError)
        -> String
    {
        try await SecretsManagerClient(fixture.client).secretString(id: "x", deadline: deadline)
    }

    @Test func `a call throttled twice goes through the third time`() async throws {
        let fixture = try ClientFixture(throttled, throttled, sent)
        #expect(try await send(fixture) == "m-1")
        #expect(fixture.server.requests.count == 3)
        #expect(fixture.waits == [.seconds(1), .seconds(2)])
    }

    @Test func `a wait is drawn from the whole range`() async throws {
        let fixture = try ClientFixture(throttled, throttled, sent, random: 1 << 62)
        _ = try await send(fixture)
        #expect(fixture.waits == [.milliseconds(250), .milliseconds(500)])
    }

    @Test(arguments: [429, 500, 502, 503, 504])
    func `a status that passes is tried three times in all`(_ status: Int) async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(status: status, "<html>"))
        let error = await failure { () async throws(AWSError) in try await send(fixture) }
        #expect(error?.status == status && error?.outcome == .refused && error?.isRetryable == true)
        #expect(fixture.server.requests.count == 3)
    }

    @Test(arguments: [
        "Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "RequestThrottled",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "SlowDown", "PriorRequestNotComplete",
        "TransactionInProgressException", "LimitExceededException", "RequestTimeout",
    ])
    func `a code of the SDKs' lists is tried three times in all, whatever the status`(_ code: String) async throws {
        let fixture = try ClientFixture(
            ScriptedServer.Response(status: 400, headers: [("x-amzn-ErrorType", code)], "{}"))
        let error = await failure { () async throws(AWSError) in try await send(fixture) }
        #expect(error?.code == code && fixture.server.requests.count == 3)
    }

    @Test(arguments: [301, 400, 401, 403, 404, 409, 501])
    func `any other refusal is asked once`(_ status: Int) async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(status: status, #"{"__type":"AccessDenied"}"#))
        let error = await failure { () async throws(AWSError) in try await send(fixture) }
        #expect(error?.status == status && error?.outcome == .refused && error?.isRetryable == false)
        #expect(fixture.server.requests.count == 1)
    }

    @Test func `a refused connection is tried three times in all and counts as not sent`() async throws {
        let fixture = ClientFixture(try .answering(), port: try ScriptedServer.closedPort())
        let error = await failure { () async throws(AWSError) in try await send(fixture) }
        #expect(error?.outcome == .notSent && error?.isRetryable == true && error?.status == nil)
        #expect(fixture.waits == [.milliseconds(50), .milliseconds(100)])
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n{\"MessageId\":", "HTTP/1.1 500 Error\r\nContent-Le",
    ])
    func `a send whose answer breaks off is never sent again`(_ start: String) async throws {
        let fixture = ClientFixture(
            try ScriptedServer { connection in
                guard try connection.readRequest() != nil else { return }
                try connection.send(start)
                connection.reset()
            })
        let error = await failure { () async throws(AWSError) in try await send(fixture) }
        #expect(error?.outcome == .unknown && error?.isRetryable == false)
        #expect(fixture.server.requests.count == 1)
        #expect(fixture.waits.isEmpty)
    }

    @Test func `an idempotent call whose answer breaks off is asked again`() async throws {
        let fixture = ClientFixture(
            try ScriptedServer { connection in
                guard try connection.readRequest() != nil else { return }
                guard connection.number == 2 else { return connection.reset() }
                try connection.answer(ScriptedServer.Response(#"{"SecretString":"s"}"#))
            })
        #expect(try await fetch(fixture) == "s")
        #expect(fixture.server.requests.count == 3)
    }

    @Test(arguments: [500, 403])
    func `a call whose first try was lost may have been done, whatever refuses the later ones`(
        _ status: Int
    ) async throws {
        let fixture = ClientFixture(
            try ScriptedServer { connection in
                guard try connection.readRequest() != nil else { return }
                guard connection.number > 1 else { return connection.reset() }
                try connection.answer(ScriptedServer.Response(status: status, "{}"))
            })
        let error = await failure { () async throws(AWSError) in try await fetch(fixture) }
        #expect(error?.status == status && error?.outcome == .unknown)
    }

    @Test func `a lost write is repeated only when the caller says that it may be`() async throws {
        for (repetition, expected) in [(Repetition.once, 1), (.idempotent, 3)] {
            let fixture = ClientFixture(
                try ScriptedServer { connection in
                    _ = try connection.readRequest()
                    connection.reset()
                })
            let error = await failure { () async throws(AWSError) in
                try await DynamoDBClient(fixture.client).putItem(
                    table: "t", item: ["id": "a"], repetition: repetition, deadline: soon)
            }
            #expect(error?.outcome == .unknown)
            #expect(fixture.server.requests.count == expected)
        }
    }

    @Test func `a message takes a new connection after some idle seconds, what may be repeated the kept one`()
        async throws
    {
        let (sending, fetching) = (
            try ClientFixture(sent), try ClientFixture(ScriptedServer.Response(#"{"SecretString":"s"}"#))
        )
        for pause in [Duration.milliseconds(1), .seconds(6.5), .zero] {
            _ = try await send(sending)
            _ = try await fetch(fetching)
            try await Task.sleep(for: pause)
        }
        #expect(sending.server.requests.map(\.connection) == [0, 0, 1])
        #expect(fetching.server.requests.map(\.connection) == [0, 0, 0])
    }

    @Test func `a hung server is left at the deadline`() async throws {
        let fixture = ClientFixture(
            try ScriptedServer { connection in
                _ = try connection.readRequest()
                connection.hang()
            })
        let start = ContinuousClock.now
        let error = await failure { () async throws(AWSError) in
            try await fetch(fixture, deadline: start + .milliseconds(300))
        }
        #expect(error?.outcome == .unknown)
        #expect(fixture.server.requests.count == 1)
        #expect((.milliseconds(290) ... .seconds(2)).contains(.now - start))
    }

    @Test func `no try begins that could not end before the deadline`() async throws {
        let fixture = try ClientFixture(throttled, sent)
        let error = await failure { () async throws(AWSError) in
            try await send(fixture, deadline: .now + .milliseconds(900))
        }
        #expect(error?.isThrottling == true)
        #expect(fixture.server.requests.count == 1 && fixture.waits.isEmpty)
    }

    @Test func `a deadline that has passed sends nothing`() async throws {
        let fixture = try ClientFixture(sent)
        let error = await failure { () async throws(AWSError) in try await send(fixture, deadline: .now) }
        #expect(error?.outcome == .notSent)
        #expect(fixture.server.requests.isEmpty)
    }

    @Test func `a send does not begin when its answer could hardly come in time`() async throws {
        let fixture = try ClientFixture(sent)
        let error = await failure { () async throws(AWSError) in
            try await send(fixture, deadline: .now + .milliseconds(80))
        }
        #expect(error?.outcome == .notSent)
        #expect(fixture.server.requests.isEmpty)
    }

    @Test func `a send is not begun again when its answer could hardly come in time`() async throws {
        let fixture = try ClientFixture(throttled, sent)
        // The wait is 1 s.
        let error = await failure { () async throws(AWSError) in
            try await send(fixture, deadline: .now + .milliseconds(1_050))
        }
        #expect(error?.isThrottling == true)
        #expect(fixture.server.requests.count == 1)
    }

    @Test func `no wait is shorter than Retry-After`() async throws {
        let busy = ScriptedServer.Response(status: 503, headers: [("Retry-After", "3")])
        let fixture = try ClientFixture(busy, sent)
        #expect(try await send(fixture) == "m-1")
        #expect(fixture.waits == [.seconds(3)])
    }

    @Test(arguments: ["60", "9223372036854775807"])
    func `a Retry-After past the deadline ends the call at once`(_ value: String) async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(status: 503, headers: [("Retry-After", value)]))
        let error = await failure { () async throws(AWSError) in try await send(fixture) }
        #expect(error?.status == 503)
        #expect(fixture.server.requests.count == 1 && fixture.waits.isEmpty)
    }

    @Test(arguments: ["-5", "soon", "Fri, 01 Jan 2027 00:00:00 GMT", "99999999999999999999"])
    func `a Retry-After that is no number of seconds is as if absent`(_ value: String) async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(status: 503, headers: [("Retry-After", value)]), sent)
        #expect(try await send(fixture) == "m-1")
        #expect(fixture.waits == [.milliseconds(50)])
    }

    @Test func `cancelling ends a wait with what it waited after`() async throws {
        let server = try ScriptedServer.answering { _ in ScriptedServer.Response(status: 429) }
        let configuration = AWSConfiguration(
            region: "eu-central-1", credentials: ClientFixture.credentials,
            endpoints: [.secretsManager: Endpoint(scheme: "http", authority: server.authority)])
        let isWaiting = Counter()
        let timing = CallTiming(
            random: { .max },
            sleep: { _ in
                isWaiting.increment()
                try await Task.sleep(for: .seconds(60))
            })
        let client = SecretsManagerClient(AWSClient(configuration: configuration, timing: timing))
        let task = Task {
            await failure { () async throws(AWSError) in try await client.secretString(id: "x", deadline: soon) }
        }
        while isWaiting.value == 0 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        #expect(await task.value?.status == 429)
        #expect(server.requests.count == 1)
    }

    @Test func `the base path of an endpoint is kept and signed`() async throws {
        let server = try ScriptedServer.answering { _ in ScriptedServer.Response(#"{"SecretString":"s"}"#) }
        let configuration = AWSConfiguration(
            region: "eu-central-1", credentials: ClientFixture.credentials,
            endpoints: [.secretsManager: Endpoint(scheme: "http", authority: server.authority, basePath: "/aws")])
        let client = SecretsManagerClient(AWSClient(configuration: configuration))
        _ = try await client.secretString(id: "x", deadline: soon)
        #expect(server.requests.first?.target == "/aws/")
    }
}
