import AWS
import AlexaEndpoint
import AlexaVerification
import Foundation
import HTTPClient
import HTTPTypes
import JSON
import LambdaRuntime
import LocalServices
import Settings
import Synchronization
import TestSupport
import Testing

@testable import AlexaJokebox

@Suite(.takingTurns) struct MotoTests {
    private static let keys = [
        "jokes/en/a b.mp3", "jokes/en/a+b.mp3", "jokes/en/50%.mp3", "jokes/en/100%25.mp3", "jokes/en/e\u{301}.mp3",
        "jokes/en/\u{e9}.M4A", "jokes/en/😀.aac", "jokes/en//x?y#z&=.mp3", "jokes/en/a:b,c;'(!*).mp3",
        "jokes/en/" + String(repeating: "k", count: 1011) + ".mp3",
    ]
    private static let traps = ["jokes/en/", "jokes/en/notes.txt", "jokes/es/b.mp3", "jokes/en.mp3", "secret.mp3"]

    @Test func `odd keys are listed, signed and fetched right, with a table beside them`() async throws {
        let objects = Self.keys.map { (key: $0, bytes: Array("audio of \($0)".utf8)) }
        let seeds = Moto.Seeds(
            tables: ["jokebox"],
            buckets: [
                LocalBucket("my-jokes", objects: objects + Self.traps.map { (key: $0, bytes: [1]) }),
                LocalBucket("empty-jokes", objects: [(key: "jokes/en/", bytes: [])]),
            ])
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            let http = CurlClient()
            func function(_ bucket: String, secret: String? = nil) throws -> AlexaJokebox {
                var variables = moto.environment.merging([
                    "ALEXA_SKILL_ID": JokeboxFixture.skillID, "AUDIO_BUCKET": bucket, "JOKEBOX_TABLE": "jokebox",
                    "AUDIO_PREFIX": "jokes/{language}/",
                ]) { $1 }
                if let secret { variables["AWS_SECRET_ACCESS_KEY"] = secret }
                let (settings, configuration) = try Environment(variables).read(
                    JokeboxSettings.variable, AWSConfiguration.variable)
                return AlexaJokebox(
                    settings: settings, aws: AWSClient(configuration: configuration, http: http),
                    verifier: RequestVerifier(http: http))
            }
            func say(_ intent: String, _ token: String?, to function: AlexaJokebox) async throws
                -> JSONValue
            {
                let event = JokeboxFixture.event(
                    ["type": "IntentRequest", "intent": ["name": .string(intent)]], .init(token))
                let context = LambdaContext(requestID: "r", deadline: .now + .seconds(30))
                return try JSONValue(
                    parsing: try await function.endpoint.answer(event.bytes, context: context))
            }
            let jokebox = try function("my-jokes")
            _ = try await say("AMAZON.ShuffleOffIntent", nil, to: jokebox)
            var fetched: [String] = []
            var token: String?
            for _ in Self.keys {
                let answer = try await say("AMAZON.NextIntent", token, to: jokebox)
                token = answer.token
                let url = try #require(answer.stream?["url"]?.string)
                let parts = url.split(separator: "/", maxSplits: 2)
                let request = HTTPRequest(
                    method: .get, scheme: "http", authority: String(parts[1]), path: "/\(parts[2])")
                let answered = try await http.send(request, deadline: .now + .seconds(5))
                #expect(answered.head.status == .ok)
                fetched.append(String(decoding: answered.body, as: UTF8.self))
            }
            let ordered = Self.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            #expect(fetched.map { Array($0.utf8) } == ordered.map { Array("audio of \($0)".utf8) })
            #expect(
                try await say("TellMeAJokeIntent", nil, to: function("empty-jokes")).ssml
                    == JokeboxSentence.empty.ssml())
            let missing = try await say("TellMeAJokeIntent", nil, to: function("no-such-bucket"))
            #expect(missing.ssml == JokeboxSentence.bucketMissing.ssml())
            let refused = try await say("TellMeAJokeIntent", nil, to: function("my-jokes", secret: "wrong"))
            #expect(refused.ssml == JokeboxSentence.refused.ssml())
        }
    }
}
