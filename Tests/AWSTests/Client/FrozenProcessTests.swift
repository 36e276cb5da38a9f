import Calling
import HTTPClient
import Settings
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// State kept while Lambda has frozen the process: the wall clock goes on, the continuous one stops.
@Suite(.takingTurns) struct FrozenProcessTests {
    private let clock = FrozenClock()

    private var timing: CallTiming {
        CallTiming(
            wall: { [clock] in clock.moment.wall }, instant: { [clock] in clock.moment.continuous }, random: { 0 })
    }

    @Test func `a message of 6 s later goes over a new connection, and is sent`() async throws {
        let server = try ScriptedServer { connection in
            let sent = "<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>"
            guard try connection.readRequest() != nil else { return }
            try connection.answer(.init(sent))
            // The load balancer forgets the connection: a later request on it is lost.
            guard try connection.readRequest() != nil else { return }
            connection.reset()
        }
        let configuration = AWSConfiguration(
            region: "eu-central-1", credentials: ClientFixture.credentials,
            endpoints: [.sns: Endpoint(scheme: "http", authority: server.authority)])
        let http = CurlClient(CurlClient.Configuration(variable: { _ in nil }, now: { [clock] in clock.moment }))
        let client = SNSClient(AWSClient(configuration: configuration, http: http, timing: timing))
        let message = SMSMessage(phoneNumber: "+12065550142", text: "a", kind: .transactional)
        #expect(try await client.publish(message, deadline: soon) == "m")
        clock.advance(seconds: 6)
        #expect(try await client.publish(message, deadline: soon) == "m")
        #expect(server.requests.map(\.connection) == [0, 1])
    }

    @Test func `a refused secret is read again 31 s later, and once the wall clock went back`() async throws {
        let readings = Counter()
        let vault = try ScriptedServer.answering { _ in
            .init(#"{"SecretString":"{\"KEY\":\"value-\#(readings.increment())\"}"}"#)
        }
        let secret = try Environment([
            "SECRET_ARN": "secret", "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a",
            "AWS_SECRET_ACCESS_KEY": "b", "AWS_ENDPOINT_URL": "http://\(vault.authority)",
        ]).read(KeyedSecret.variable("SECRET_ARN", .init("KEY", "a value")))
        let reader = KeyedSecretReader(secret, timing: timing)
        var values = try await reader.values(deadline: soon)
        for (seconds, isRead) in [(0, true), (1, false), (28, false), (2, true), (29, false), (-30, true)] {
            clock.advance(seconds: Double(seconds))
            let others = try await reader.values(insteadOf: values, deadline: soon)
            #expect((others != nil) == isRead, "\(seconds) s later")
            values = others ?? values
        }
        #expect(vault.requests.count == 4)
    }

    @Test func `a secret that is too short is read again 31 s later, and is used once it is long enough`() async throws
    {
        let texts = ["short", "shorter", "0123456789abcdef"]
        let readings = Counter()
        let vault = try ScriptedServer.answering { _ in
            .init(#"{"SecretString":"{\"KEY\":\"\#(texts[min(readings.increment(), 3) - 1])\"}"}"#)
        }
        let secret = try Environment([
            "SECRET_ARN": "secret", "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a",
            "AWS_SECRET_ACCESS_KEY": "b", "AWS_ENDPOINT_URL": "http://\(vault.authority)",
        ]).read(KeyedSecret.variable("SECRET_ARN", .init("KEY", "a long random text", minimumLength: 16)))
        let reader = KeyedSecretReader(secret, timing: timing)
        // A start does not fail for it.
        #expect(try await reader.values(deadline: soon)["KEY"]?.value == "short")
        for (seconds, count) in [(0, 2), (1, 2), (28, 2)] {
            clock.advance(seconds: Double(seconds))
            let error = await #expect(throws: EnvironmentError.self) { try await reader.usable(deadline: soon) }
            #expect(
                error?.faults == [
                    "KEY in the secret of SECRET_ARN must have at least 16 characters: give a long random text."
                ])
            #expect(vault.requests.count == count, "\(seconds) s later")
        }
        clock.advance(seconds: 2)
        #expect(try await reader.usable(deadline: soon)["KEY"]?.value == "0123456789abcdef")
        #expect(try await reader.usable(deadline: soon)["KEY"]?.value == "0123456789abcdef")
        #expect(vault.requests.count == 3)
    }
}
