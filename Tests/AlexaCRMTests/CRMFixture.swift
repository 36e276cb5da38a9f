import AWS
import Alexa
import AlexaEndpoint
import AlexaVerification
import Calling
import Foundation
import HTTPClient
import Idempotency
import JSON
import LambdaRuntime
import Settings
import Synchronization
import TestSupport

@testable import AlexaCRM

/// AlexaCRM on an AWS double, with a scripted wrapper API and Alexa API.
final class CRMFixture: Sendable {
    static let skillID = "amzn1.ask.skill.7f2d6f0e-1c1a-4f39-9f0b-0c1d2e3f4a5b"

    let aws: AWSDouble
    let wrapper: ScriptedServer
    /// The server that receives progressive responses.
    let alexa: ScriptedServer
    private let function: AlexaCRM
    private let lines = Mutex<[String]>([])
    let clock = FrozenClock()

    /// - Parameters:
    ///   - account: True when the skill has an account of its own.
    ///   - wrapper: The wrapper API's script for a connection; by default `Self.answer`.
    init(
        _ variables: [String: String] = [:], account: Bool = true, noticeAfter: Duration = .seconds(2),
        verifier: RequestVerifier? = nil, startTime: Duration = .zero,
        wrapper: @escaping ScriptedServer.Script = { connection in
            while let request = try connection.readRequest() { try connection.answer(CRMFixture.answer(request)) }
        }
    ) async throws {
        aws = try AWSDouble()
        self.wrapper = try ScriptedServer(wrapper)
        alexa = try ScriptedServer.answering { _ in ScriptedServer.Response(status: 204) }
        var values = aws.environment.merging([
            "ALEXA_SKILL_ID": Self.skillID, "ASK_VERIFY_REQUESTS": "false",
            "CRM_API_URL": "http://\(self.wrapper.authority)/base/",
        ]) { $1 }
        if account { values.merge(["CRM_API_USERNAME": "agent@example.com", "CRM_API_PASSWORD": "p:ss"]) { $1 } }
        let environment = Environment(values.merging(variables) { $1 })
        let (settings, table, configuration) = try environment.read(
            CRMSettings.variable, IdempotencyTable.variable, AWSConfiguration.variable)
        let http = CurlClient()
        let clock = clock
        let timing = CallTiming(wall: { clock.moment.wall }, instant: { clock.moment.continuous }, random: { 0 })
        let client = AWSClient(configuration: configuration, timing: timing)
        function = AlexaCRM(
            settings: settings, account: CRMAccountStore(settings, SecretsManagerClient(client), timing: timing),
            table: table,
            aws: client, http: http, verifier: verifier ?? RequestVerifier(http: http), noticeAfter: noticeAfter,
            startTime: startTime)
    }

    /// Everything the function logged.
    var log: String { lines.withLock { $0.joined() } }

    /// The bodies of the creations that arrived.
    var created: [String] { wrapper.requests.filter { $0.method == "POST" }.map(\.text) }

    func invoke(_ event: [UInt8], seconds: Double = 60) async throws -> JSONValue {
        let context = LambdaContext(
            requestID: "request-1", deadline: .now + .seconds(seconds),
            logging: LogConfiguration(write: { [weak self] line in
                self?.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            }))
        return try JSONValue(parsing: try await function.endpoint.answer(event, context: context))
    }

    /// Says something in a session and returns the response.
    func say(
        _ intent: String, _ slots: [String: String] = [:], confirmation: String = "NONE", locale: String = "en-US",
        token: String? = nil, session: String? = "session-1", attributes: JSONValue = [:]
    ) async throws -> JSONValue {
        try await invoke(
            envelope(
                intent, slots.mapValues { ["value": .string($0)] }, confirmation: confirmation, locale: locale,
                token: token, session: session, attributes: attributes
            ).bytes)
    }

    /// Opens the skill and returns the response.
    func launch(locale: String = "en-US", token: String? = nil) async throws -> JSONValue {
        var event = envelope("", locale: locale, token: token).object ?? [:]
        event["request"] = ["type": "LaunchRequest", "requestId": "alexa-request-1", "locale": .string(locale)]
        return try await invoke(JSONValue.object(event).bytes)
    }

    /// Returns an envelope in Alexa's form; slots by name, without theirs.
    func envelope(
        _ intent: String, _ slots: [String: JSONValue] = [:], confirmation: String = "NONE", locale: String = "en-US",
        token: String? = nil, session: String? = "session-1", attributes: JSONValue = [:],
        timestamp: String = "2026-11-21T10:00:00Z"
    ) -> JSONValue {
        let user = JSONValue.members([
            "userId": "amzn1.ask.account.SECRETUSER", "accessToken": token.map(JSONValue.string),
        ])
        return .members([
            "version": "1.0",
            "session": session.map { ["sessionId": .string($0), "attributes": attributes, "user": user] },
            "context": [
                "System": [
                    "application": ["applicationId": .string(Self.skillID)], "user": user,
                    "apiEndpoint": .string("http://\(alexa.authority)"), "apiAccessToken": "api-secret",
                ]
            ],
            "request": [
                "type": "IntentRequest", "requestId": "alexa-request-1", "locale": .string(locale),
                "timestamp": .string(timestamp),
                "intent": [
                    "name": .string(intent), "confirmationStatus": .string(confirmation),
                    "slots": .object(slots),
                ],
            ],
        ])
    }

    static let ada = ["firstName": "Ada", "lastName": "Lovelace", "company": "Analytical Engines"]

    /// Returns the response of the wrapper API with the local Salesforce, by the token's user.
    static func answer(_ request: ScriptedServer.Request) -> ScriptedServer.Response {
        func lead(_ name: String, _ email: String?) -> ScriptedServer.Response {
            let email = email.map { "\"\($0)\"" } ?? "null"
            return ScriptedServer.Response(
                #"{"data":{"totalSize":1,"done":true,"records":[{"Id":"00Q1","Name":"\#(name)","Email":\#(email)}]}}"#)
        }
        switch request["Authorization"] {
        case "Bearer expired-token": return error(401, "INVALID_SESSION_ID")
        case "Bearer local-token-limited": return error(429, "REQUEST_LIMIT_EXCEEDED")
        case "Bearer local-token-plain": return lead("Other Owner", nil)
        case "Bearer local-token-empty", "Bearer local-token-slow":
            return ScriptedServer.Response(#"{"data":{"totalSize":0,"done":true,"records":[]}}"#)
        case "Bearer local-token-agent", "Basic YWdlbnRAZXhhbXBsZS5jb206cDpzcw==": break
        default: return error(401, "INVALID_LOGIN")
        }
        if request.method == "GET" { return lead("Testing C", "mytest@email.com") }
        if request.text.contains("Hopper") { return error(400, "DUPLICATES_DETECTED") }
        return ScriptedServer.Response(status: 201, #"{"data":{"id":"00Q2","success":true,"errors":[]}}"#)
    }

    static func error(_ status: Int, _ code: String) -> ScriptedServer.Response {
        ScriptedServer.Response(status: status, #"{"error":{"code":"\#(code)","message":"said of ada@example.net"}}"#)
    }
}

extension JSONValue {
    var response: JSONValue { self["response"] ?? [:] }
    var ssml: String? { response["outputSpeech"]?["ssml"]?.string }
}

extension CRMSentence {
    /// Returns the speech of the sentence in a locale.
    func ssml(_ locale: String = "en-US", _ values: [String: String] = [:]) -> String {
        CRMSentence.strings.speech(self, locale, values).ssml
    }
}
