import JSON
import Settings
import Synchronization
import Testing

@testable import Alexa

/// The lines of what happened, in order.
private final class Trace: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock(\.self) }
    func note(_ line: String) { lines.withLock { $0.append(line) } }
}

private struct Failure: Error {}

private struct TracedHandler: RequestHandler {
    let trace: Trace
    var fails = false
    func canHandle(_ input: HandlerInput) -> Bool { true }
    func handle(_ input: HandlerInput) async throws -> Response {
        trace.note("handle")
        var kept = try await input.attributes.persistent()
        kept["count"] = .number((kept["count"]?.int ?? 0) + 1)
        input.attributes.setPersistent(kept)
        try input.attributes.setSession("said", "hello")
        if fails { throw Failure() }
        return Response("Hello.")
    }
}

private struct Sorry: ErrorHandler {
    let speech: Speech
    var takes = true
    func canHandle(_ error: any Error, _ input: HandlerInput) -> Bool { takes }
    func handle(_ error: any Error, _ input: HandlerInput) -> Response { Response(speech) }
}

private struct Failing: ErrorHandler {
    func canHandle(_ error: any Error, _ input: HandlerInput) -> Bool { true }
    func handle(_ error: any Error, _ input: HandlerInput) throws -> Response { throw Failure() }
}

private final class Store: AttributeStore {
    let items = Mutex<[String: [String: JSONValue]]>(["user-1": ["count": 4, "other": "kept"]])
    let saves = Mutex(0)
    func attributes(of key: String, deadline: ContinuousClock.Instant) -> [String: JSONValue] {
        items.withLock { $0[key] ?? [:] }
    }
    func save(_ attributes: [String: JSONValue], of key: String, deadline: ContinuousClock.Instant) {
        items.withLock { $0[key] = attributes }
        saves.withLock { $0 += 1 }
    }
}

@Suite struct SkillTests {
    @Test func `an answer carries what is said and what the session remembers`() async throws {
        let trace = Trace()
        let skill = Skill(id: Samples.skillID, handlers: [TracedHandler(trace: trace)])
        let answer = try await skill.respond(to: try Samples.intent("A"), context: Samples.context)
        #expect(trace.all == ["handle"])
        #expect(answer.sessionAttributes == ["key": "value", "said": "hello"])
        #expect(
            answer.json == [
                "version": "1.0", "sessionAttributes": ["key": "value", "said": "hello"],
                "response": [
                    "outputSpeech": ["type": "SSML", "ssml": "<speak>Hello.</speak>"], "shouldEndSession": true,
                ],
            ])
    }

    @Test func `the first handler that can handle wins`() async throws {
        let skill = Skill(
            id: Samples.skillID,
            handlers: [
                IntentHandler("B") { _ in Response("no") }, IntentHandler("A", "C") { _ in Response("yes") },
                IntentHandler("A") { _ in Response("late") },
            ])
        let answer = try await skill.respond(to: try Samples.intent("A"), context: Samples.context)
        #expect(answer.response.speech == "yes")
    }

    @Test func `a failure goes to the first error handler that takes it, and attributes are saved all the same`()
        async throws
    {
        let store = Store()
        let skill = Skill(
            id: Samples.skillID, handlers: [TracedHandler(trace: Trace(), fails: true)],
            errorHandlers: [Sorry(speech: "no", takes: false), Sorry(speech: "sorry"), Sorry(speech: "late")],
            store: store)
        let answer = try await skill.respond(to: try Samples.intent("A"), context: Samples.context)
        #expect(answer.response.speech == "sorry")
        #expect(store.items.withLock { $0["user-1"] } == ["count": 5, "other": "kept"])
        #expect(store.saves.withLock(\.self) == 1)
    }

    @Test func `attributes are saved also when no error handler has an answer`() async throws {
        for handlers: [any ErrorHandler] in [[], [Sorry(speech: "no", takes: false)], [Failing()]] {
            let store = Store()
            let skill = Skill(
                id: Samples.skillID, handlers: [TracedHandler(trace: Trace(), fails: true)], errorHandlers: handlers,
                store: store)
            await #expect(throws: Failure.self) {
                try await skill.respond(to: try Samples.intent("A"), context: Samples.context)
            }
            #expect(store.items.withLock { $0["user-1"] } == ["count": 5, "other": "kept"])
        }
    }

    @Test func `an answer too large to send goes to the error handlers`() async throws {
        let skill = Skill(
            id: Samples.skillID,
            handlers: [
                IntentHandler("A") { input in
                    try input.attributes.setSession("long", .string(String(repeating: "x", count: 25_000)))
                    return Response("x").reprompt("y")
                }
            ], errorHandlers: [Sorry(speech: "sorry")])
        let answer = try await skill.respond(to: try Samples.intent("A"), context: Samples.context)
        #expect(answer.response.speech == "sorry" && answer.sessionAttributes == nil)
    }

    @Test func `attributes that did not change are not written`() async throws {
        let store = Store()
        let skill = Skill(
            id: Samples.skillID,
            handlers: [
                IntentHandler("A") { input in
                    input.attributes.setPersistent(try await input.attributes.persistent())
                    return Response("x")
                }
            ], store: store)
        _ = try await skill.respond(to: try Samples.intent("A"), context: Samples.context)
        #expect(store.saves.withLock(\.self) == 0)
    }

    @Test func `without an error handler the failure is the invocation's`() async throws {
        let skill = Skill(id: Samples.skillID, handlers: [TracedHandler(trace: Trace(), fails: true)])
        await #expect(throws: Failure.self) {
            try await skill.respond(to: try Samples.intent("A"), context: Samples.context)
        }
    }

    @Test func `a request for another skill is refused before any handler sees it`() async throws {
        let trace = Trace()
        let skill = Skill(
            id: "amzn1.ask.skill.other", handlers: [TracedHandler(trace: trace)], errorHandlers: [Sorry(speech: "no")])
        let error = await #expect(throws: SkillError.self) {
            try await skill.respond(to: try Samples.intent("A"), context: Samples.context)
        }
        #expect(error?.errorType == "Function.SkillIdMismatch")
        #expect(trace.all == [])
    }

    @Test func `what nobody handles is answered with nothing, but for what people say`() async throws {
        let skill = Skill(id: Samples.skillID, handlers: [ClosingHandler()])
        for type in Samples.types where type != "LaunchRequest" && type != "IntentRequest" {
            let answer = try await skill.respond(to: try Samples.envelope(type), context: Samples.context)
            #expect(answer.json == ["version": "1.0", "response": [:]])
        }
        await #expect(throws: SkillError.noHandler) {
            try await skill.respond(to: try Samples.intent("A"), context: Samples.context)
        }
    }

    @Test func `what Alexa says of an error is logged without ids of people and devices, in each of its parts`() {
        let id = "{\"deviceId\":\"amzn1.ask.device.X\"}"
        let error = AlexaError([
            "type": .string("INVALID \(id)"), "message": "https://a.example/b?sig=1 amzn1.ask.account.Y",
        ])
        #expect(error.logged == "INVALID …: https://a.example/b?… …")
        #expect(AlexaError.logged("EXCEEDED_MAX_REPROMPTS") == "EXCEEDED_MAX_REPROMPTS")
        #expect(AlexaError.logged(id) == "…")
        #expect(AlexaError([:]).logged == "no type: no message")
    }

    @Test func `an answer that Alexa would refuse goes to the error handlers`() async throws {
        let skill = Skill(
            id: Samples.skillID, handlers: [IntentHandler("A") { _ in Response("x").directive(.delegate()) }],
            errorHandlers: [Sorry(speech: "sorry")])
        let answer = try await skill.respond(to: try Samples.intent("A"), context: Samples.context)
        #expect(answer.response.speech == "sorry")
    }

    @Test func `an answer over 24 KB loses its card, and fails without one`() async throws {
        let long = String(repeating: "é", count: 7000)
        let skill = Skill(
            id: Samples.skillID,
            handlers: [
                IntentHandler("Card") { _ in
                    Response(Speech(text: long)).card(.simple(title: "t", content: long))
                },
                IntentHandler("Session") { input in
                    try input.attributes.setSession("long", .string(long + long))
                    return Response("x").reprompt("y")
                },
                IntentHandler("Farewell") { input in
                    try input.attributes.setSession("long", .string(long + long))
                    return Response("x")
                },
            ])
        let answer = try await skill.respond(to: try Samples.intent("Card"), context: Samples.context)
        #expect(answer.response.card == nil && answer.response.speech == Speech(text: long))
        await #expect(throws: SkillError.self) {
            try await skill.respond(to: try Samples.intent("Session"), context: Samples.context)
        }
        let last = try await skill.respond(to: try Samples.intent("Farewell"), context: Samples.context)
        #expect(last.response.speech == "x" && last.sessionAttributes == nil)
    }

    @Test func `session attributes without a session are a mistake`() async throws {
        let envelope = try Samples.envelope("AudioPlayer.PlaybackStopped", session: nil)
        let attributes = Attributes(envelope, store: nil, deadline: .now)
        #expect(throws: SkillError.noSession) { try attributes.setSession("a", 1) }
        #expect(attributes[session: "a"] == nil && attributes.session == nil)
    }

    @Test func `a progressive response goes where the request says`() throws {
        let envelope = try Samples.intent("A")
        let response = try #require(ProgressiveResponse("One <break/> moment", for: envelope))
        #expect(response.url == "https://api.example.com/v1/directives" && response.token == "api-token")
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"directive":{"speech":"<speak>One <break/> moment</speak>","type":"VoicePlayer.Speak"},"#
                + #""header":{"requestId":"request-1"}}"#)
        let silent = try RequestEnvelope(parsing: Array(#"{"request":{"type":"IntentRequest"}}"#.utf8))
        #expect(ProgressiveResponse("x", for: silent) == nil)
    }
}
