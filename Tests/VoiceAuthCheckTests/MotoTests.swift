import AWS
import HTTPClient
import JSON
import LambdaRuntime
import LocalServices
import Settings
import TestSupport
import Testing
import VoiceAuth
import VoiceIt

@testable import VoiceAuthCheck

/// Against moto, with signatures checked and one lock around it, as its conditional writes are not atomic.
@Suite(.takingTurns) struct MotoTests {
    @Test func `of 50 callers for one proof, one is verified, and its retries are`() async throws {
        let seeds = Moto.Seeds(
            tables: ["voice"],
            secrets: [
                "hash": #"{"VOICE_HASH_SECRET":"a secret of sixteen"}"#,
                "voiceit": #"{"VIAPIKEY":"key_local","VIAPITOKEN":"tok_local"}"#,
            ])
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            try await VoiceItDouble.withRunning { voiceIt in
                let environment = Environment(
                    moto.environment.merging([
                        "VOICE_TABLE": "voice", "VOICE_HASH_SECRET_ARN": "hash", "VOICEIT_SECRET_ARN": "voiceit",
                        "VOICEIT_BASE_URL": voiceIt.url, "VOICE_AUTH_BINDING": "caller-id",
                        "VOICE_PROOF_SECONDS": "600",
                    ]) { $1 })
                let function = try await VoiceAuthCheck(environment: environment)
                func branch(_ phase: String, _ contact: String) async throws -> String {
                    let context = LambdaContext(requestID: "r", deadline: .now + .seconds(60))
                    let event = try VoiceCheckFixture.event(["phase": phase], contact: contact)
                    return try await function.handle(event, context: context).branch?.rawValue ?? ""
                }
                try await Self.verify(environment) { try await branch("begin", $0) }
                let branches = try await withThrowingTaskGroup(of: (String, String).self) { group in
                    for number in 0..<50 {
                        group.addTask {
                            let racer = "racer-\(number)"
                            // Fifty at once are many for a test machine: who gets no answer in time asks again, as flows do.
                            for _ in 1...9 {
                                let result = try await branch("result", racer)
                                if result != "unavailable" { return (racer, result) }
                            }
                            return (racer, "unavailable")
                        }
                    }
                    return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
                }
                let winners = branches.filter { $0.value == "verified" }.map(\.key)
                #expect(winners.count == 1)
                #expect(branches.values.count { $0 == "failedverified" } == 49)
                #expect(try await branch("result", winners.first ?? "") == "verified")
                let items = try await moto.items(inTable: "voice")
                #expect(!items.contains("5550142"))
                #expect(!items.contains("racer"))
            }
        }
    }

    /// Enrols and verifies the caller, like Twilio.
    private static func verify(_ environment: Environment, begin: (String) async throws -> String) async throws {
        let (settings, aws) = try environment.read(VoiceSettings.variable, AWSConfiguration.variable)
        let store = VoiceStore(
            rules: settings.rules, hash: try await settings.hash(deadline: .now + .seconds(5)), table: settings.table,
            client: DynamoDBClient(AWSClient(configuration: aws)))
        for call in ["CA1", "CA2"] {
            _ = try await begin("contact-\(call)")
            var decision = try await store.arrive(
                from: VoiceCheckFixture.number, callSID: call, deadline: .now + .seconds(5))
            while case .ask(let prompt) = decision.answer {
                let event: VoiceEvent.CallEvent =
                    switch prompt.step {
                    case .consent: .consent(given: true)
                    case .enroll: .enrolled
                    case .verify, .ended: .verified
                    }
                decision = try await store.advance(
                    event, callSID: call, turn: prompt.turn, deadline: .now + .seconds(5))
            }
        }
    }
}
