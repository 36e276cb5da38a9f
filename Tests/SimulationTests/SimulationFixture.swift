import AWS
import AmazonConnect
import Foundation
import HTTPClient
import HTTPEvents
import JSON
import LambdaRuntime
import LocalServices
import Settings
import Synchronization
import TestSupport
import TwilioREST
import VoiceAuth
import VoiceIt

@testable import TwilioVoice
@testable import VoiceAuthCheck
@testable import switchboard

/// Both functions with a strict table, a strict VoiceIt and a strict Twilio, and the shipped flow.
struct SimulationFixture: Sendable {
    static let base = "https://voice.example.com"
    static let connectNumber = "+12065550100"
    static let twilioNumber = "+12065550111"

    let clock: SimulationClock
    let table: AWSDouble
    let voiceIt: VoiceItDouble
    let twilio: TwilioMediaDouble
    let voice: TwilioVoice
    let check: VoiceAuthCheck
    let state: SimulationState
    /// The shipped flow.
    let flow: ContactFlow

    /// Runs `body` with everything started. `row` varies the functions' randomness between rows.
    static func withRunning<Result: Sendable>(
        _ simulation: Simulation, _ row: Int, _ body: @Sendable (SimulationFixture) async throws -> Result
    ) async throws -> Result {
        let clock = SimulationClock(isReal: simulation.isReal, seed: "\(simulation.seed) functions \(row)")
        let state = SimulationState()
        let holding: Holding = { try await state.hold($0, $1, clock) }
        return try await VoiceDoubles.withRunning(holding: holding) { doubles in
            if !simulation.isReal {
                doubles.table.behave { _, _ in
                    clock.pass(.milliseconds(10))
                    return .normal
                }
            }
            return try await body(SimulationFixture(simulation.binding, clock: clock, state: state, doubles))
        }
    }

    private init(
        _ binding: VoiceRules.Binding, clock: SimulationClock, state: SimulationState, _ doubles: VoiceDoubles
    ) async throws {
        let environment = Environment(
            doubles.environment([
                "VOICE_AUTH_BINDING": binding.rawValue, "TWILIO_PUBLIC_BASE_URL": Self.base,
                "CONNECT_PHONE_NUMBER": Self.connectNumber,
            ]))
        voice = try await TwilioVoice(
            settings: environment.read(TwilioVoiceSettings.variable), timing: clock.timing,
            voiceTiming: clock.voiceTiming)
        let (settings, service, aws, secret, api) = try environment.read(
            VoiceSettings.variable, VoiceItConfiguration.variable, AWSConfiguration.variable, TwilioAccount.secret,
            TwilioAccount.api)
        let http = CurlClient()
        check = VoiceAuthCheck(
            store: VoiceStore(
                rules: settings.rules, hash: try await settings.hash(deadline: clock.instant + .seconds(1)),
                table: settings.table,
                client: DynamoDBClient(AWSClient(configuration: aws, http: http, timing: clock.timing)),
                timing: clock.voiceTiming),
            voiceprints: VoiceItClient(configuration: service, http: http, timing: clock.timing),
            recordings: SweptRecordings(
                client: RecordingClient(
                    api: api, secrets: KeyedSecretReader(secret, http: http, timing: clock.timing), http: http,
                    timing: clock.timing), api: api))
        flow = try Self.flow("voice-auth-\(binding.rawValue)")
        (self.clock, self.state) = (clock, state)
        (table, voiceIt, twilio) = (doubles.table, doubles.voiceIt, doubles.twilio)
    }

    private static func flow(_ name: String) throws -> ContactFlow {
        let text = try String(contentsOf: Project.locate().flow(named: name), encoding: .utf8)
        let values = [
            "QueueArn": "queue", "TwilioPhoneNumber": twilioNumber,
            "VoiceAuthCheck.Arn": "arn:aws:lambda:eu-central-1:123456789012:function:VoiceAuthCheck",
        ]
        let json = try FlowVariables.filled(JSONValue(parsing: Array(text.utf8)), values)
        return try ContactFlow(json.bytes, named: name)
    }

    func context(seconds: Int) -> LambdaContext {
        let state = state
        return LambdaContext(
            requestID: "request", deadline: clock.instant + .seconds(seconds),
            logging: LogConfiguration { state.log(String(decoding: $0, as: UTF8.self)) })
    }

    /// Returns the faults after all calls: deletions pending after a sweep, recordings that still exist, log lines that
    /// a person must read, VoiceIt users without an identity.
    func faults(callers: Int) async throws -> [String] {
        var faults = state.faults
        if try await !voice.store.pendingDeletions(deadline: clock.instant + .seconds(5)).isEmpty {
            clock.pass(.seconds(61))
            let event = try ContactFlowEvent(parsing: Array("{\"phase\":\"sweep\"}".utf8))
            let output = try await check.handle(event, context: context(seconds: 60))
            if output != .swept(pending: 0) { faults.append("the sweep leaves deletions: \(output)") }
        }
        let left = state.kept.subtracting(await twilio.recordings.deleted)
        if !left.isEmpty { faults.append("\(left.count) recordings are not deleted") }
        let users = await voiceIt.account.users.count
        if users != callers { faults.append("VoiceIt has \(users) users, and there were \(callers) callers") }
        return faults + state.lines.filter { $0.contains("ERROR") }
    }
}
