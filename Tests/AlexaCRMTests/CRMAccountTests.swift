import Alexa
import AlexaEndpoint
import Foundation
import JSON
import LambdaRuntime
import Settings
import Synchronization
import TestSupport
import Testing

@testable import AlexaCRM

/// The skill's own account in its secret.
@Suite(.takingTurns) struct CRMAccountTests {
    private final class Secret: Sendable {
        let password: Mutex<String>
        init(_ password: String) { self.password = Mutex(password) }
        var json: String {
            let password = password.withLock(\.self)
            return #"{"CRM_API_USERNAME":"agent@example.com","CRM_API_PASSWORD":"\#(password)"}"#
        }
    }

    /// Returns a Secrets Manager whose secret has the given text.
    private static func secretsManager(_ text: @escaping @Sendable () -> String) throws -> ScriptedServer {
        try ScriptedServer.answering { _ in
            ScriptedServer.Response(JSONValue.object(["SecretString": .string(text())]).text)
        }
    }

    private static func variables(_ server: ScriptedServer) -> [String: String] {
        [
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://\(server.authority)", "CRM_API_SECRET_ARN": "crm/account",
            "CRM_API_USERNAME": "", "CRM_API_PASSWORD": "",
        ]
    }

    @Test func `the secret is read once, and again when the CRM refuses what it held`() async throws {
        let secret = Secret("p:ss")
        let server = try Self.secretsManager { secret.json }
        let fixture = try await CRMFixture(Self.variables(server))
        for _ in 1...2 { #expect(try await fixture.say("TopLeadIntent").ssml?.contains("Testing C") == true) }
        #expect(server.requests.count == 1)
        // Rotated: the CRM of the fixture accepts `p:ss` alone.
        let stale = Secret("old")
        let rotating = try Self.secretsManager { stale.json }
        let other = try await CRMFixture(Self.variables(rotating))
        #expect(try await other.say("TopLeadIntent").ssml == CRMSentence.accountRefused.ssml())
        #expect(rotating.requests.count == 2 && other.wrapper.requests.count == 1)
        // A secret that is refused is read again once in 30 seconds, of which a frozen process counts the wall clock's.
        #expect(try await other.say("TopLeadIntent").ssml == CRMSentence.accountRefused.ssml())
        #expect(rotating.requests.count == 2)
        stale.password.withLock { $0 = "p:ss" }
        other.clock.advance(seconds: 31)
        let answer = try await other.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
        #expect(answer.ssml?.contains("Here is the Lead I created") == true)
        #expect(other.created.count == 2 && rotating.requests.count == 3)
        for word in ["p:ss", "old", "agent@example.com", "Lovelace"] { #expect(!other.log.contains(word)) }
    }

    @Test func `a secret that holds something else, or that is not there, keeps the function from starting`()
        async throws
    {
        func start(_ server: ScriptedServer) async throws {
            let fixture = try AWSDouble()
            _ = try await AlexaCRM(
                environment: Environment(
                    fixture.environment.merging(Self.variables(server)) { $1 }.merging([
                        "ALEXA_SKILL_ID": CRMFixture.skillID, "CRM_API_URL": "http://127.0.0.1:1",
                    ]) { $1 }))
        }
        for text in ["", "{", "[]", #"{"CRM_API_USERNAME":"x"}"#] {
            let server = try Self.secretsManager { text }
            await #expect(throws: EnvironmentError.self) { try await start(server) }
        }
        let refusing = try ScriptedServer.answering { _ in
            ScriptedServer.Response(status: 400, #"{"__type":"ResourceNotFoundException"}"#)
        }
        let error = await #expect(throws: EnvironmentError.self) { try await start(refusing) }
        #expect(error?.description.contains("The secret of CRM_API_SECRET_ARN cannot be read") == true)
    }

    @Test func `Secrets Manager that hangs takes 2 seconds of the start and none of who has linked an account`()
        async throws
    {
        let server = try ScriptedServer { connection in
            _ = try connection.readRequest()
            connection.hang()
        }
        let wrapper = try ScriptedServer.answering(CRMFixture.answer)
        let double = try AWSDouble()
        let start = ContinuousClock.now
        let function = try await AlexaCRM(
            environment: Environment(
                double.environment.merging(Self.variables(server)) { $1 }.merging([
                    "ALEXA_SKILL_ID": CRMFixture.skillID, "CRM_API_URL": "http://\(wrapper.authority)",
                ]) { $1 }))
        let fixture = try await CRMFixture()
        let context = LambdaContext(
            requestID: "r", deadline: .now + .seconds(60), logging: LogConfiguration(write: { _ in }))
        // The first answer, from before the start, comes within 7 seconds too.
        var bytes = try await function.endpoint.answer(fixture.envelope("TopLeadIntent").bytes, context: context)
        #expect(.now - start < .seconds(7))
        #expect(try JSONValue(parsing: bytes).ssml == CRMSentence.down.ssml())
        let linked = fixture.envelope("TopLeadIntent", token: "local-token-agent")
        let second = ContinuousClock.now
        bytes = try await function.endpoint.answer(linked.bytes, context: context)
        #expect(.now - second < .seconds(1))
        #expect(try JSONValue(parsing: bytes).ssml?.contains("Testing C") == true)
    }
}
