import Connect
import Foundation
import HTTPEvents
import LambdaRuntime
import LocalServices
import Synchronization
import Twilio
import VoiceAuth

@testable import TwilioVoice
@testable import VoiceAuthCheck
@testable import switchboard

/// One call, from the contact that begins it to its end: Connect's flow, Twilio's part, and the caller.
final class SimulatedCall: Sendable {
    /// What a contact's flow was told, and what it noted of its caller.
    private struct Contact {
        var branches: [String] = []
        var note = ""
    }

    private struct State {
        var caller: SimulatedCaller
        var figures: CallFigures
        var contacts: [Contact] = []
        var losses = 0
    }

    private let number: Int
    private let simulation: Simulation
    private let bench: SimulationBench
    private let state: Mutex<State>

    init(_ number: Int, of simulation: Simulation, _ bench: SimulationBench) {
        self.number = number
        self.simulation = simulation
        self.bench = bench
        let seed = "\(simulation.seed) \(simulation.binding.rawValue)"
        state = Mutex(State(caller: SimulatedCaller(number, seed: seed), figures: CallFigures(number)))
    }

    func play() async throws -> CallFigures {
        let (slow, quick, media) = draw { ($0.paceSeed(), $0.paceSeed(), $0.paceSeed()) }
        await bench.voiceIt.account.take(milliseconds: simulation.voiceItMilliseconds, seed: slow)
        // A flow waits for three seconds: a user that takes longer makes its begin `unavailable`, whatever the recordings take.
        await bench.voiceIt.account.take(milliseconds: 100...1500, path: "/users", seed: quick)
        await bench.twilio.recordings.take(milliseconds: 50...600, seed: media)
        if draw(\.isDeletionBusy) { await bench.twilio.recordings.misbehave(.busy, times: 3, path: ".json") }
        let before = await bench.voiceIt.account.calls.count
        try await contact()
        let uploads = await bench.voiceIt.account.calls.dropFirst(before).compactMap(\.recording)
        return state.withLock { state in
            state.figures.longestUpload = uploads.max() ?? 0
            judge(&state)
            return state.figures
        }
    }

    private func draw<Value>(_ body: (inout SimulatedCaller) -> Value) -> Value {
        state.withLock { body(&$0.caller) }
    }

    // MARK: - Connect

    private func contact() async throws {
        let (index, caller) = state.withLock { state in
            state.contacts.append(Contact())
            return (state.contacts.count - 1, state.caller)
        }
        let flow = caller.isVouched ? bench.vouchingFlow : bench.flow
        let contact = FlowContact(customer: caller.number, system: SimulationBench.connectNumber)
        let world = FlowPlayer.World(
            say: { _ in }, ask: { nil },
            invoke: { [self] _, event, _ in await invoke(event, index) },
            transfer: { [self] _, digits, contact in try await transfer(digits, contact) },
            profile: { _, _ in nil }, flow: { throw Refusal("There is no flow \($0).") })
        var player = FlowPlayer(flow: flow, contact: contact, world: world)
        try await player.play()
        let note = player.contact.attributes["voiceAuthentication"]?.string ?? ""
        state.withLock { $0.contacts[index].note = note }
    }

    private func invoke(_ event: [UInt8], _ contact: Int) async -> InvocationOutcome {
        let start = bench.clock.instant
        do {
            let output = try await bench.check.handle(
                ContactFlowEvent(parsing: event), context: bench.context(seconds: 8))
            let time = bench.clock.instant - start
            state.withLock { state in
                if time > .seconds(3) { state.figures.faults.append("a flow has waited for \(time)") }
                if case .branch(let branch, _) = output { state.contacts[contact].branches.append(branch.rawValue) }
            }
            return .answer(Array(try JSONEncoder().encode(output)))
        } catch {
            state.withLock { $0.figures.faults.append("VoiceAuthCheck fails: \(error)") }
            return .runtimeError(type: "Error", message: "\(error)")
        }
    }

    private func transfer(_ digits: String, _ contact: FlowContact) async throws -> FlowPlayer.Transfer {
        let rings = draw { $0.rings() }
        bench.clock.pass(.milliseconds(rings))
        var circumstances = TwilioCall.Circumstances()
        let (webhook, lost) = draw { $0.call() }
        (circumstances.webhook, circumstances.lostKeys) = (webhook, lost)
        state.withLock { state in
            state.figures.transfers += 1
            if lost > 0, !digits.isEmpty { state.losses += 1 }
        }
        let from = digits.isEmpty ? contact.customer : contact.system ?? ""
        var call = TwilioCall(
            account: TwilioMediaDouble.accountSID, from: from, to: SimulationBench.twilioNumber, digits: digits,
            circumstances: circumstances, world: twilio)
        return try await call.play() ? .abandoned : .ended
    }

    // MARK: - Twilio

    private var twilio: TwilioCall.World {
        var world = TwilioCall.World(
            // Whoever is asked for consent agrees.
            say: { _ in }, ask: { "1" }, post: { [self] path, parameters, _ in try await post(path, parameters) },
            keep: { [self] in await keep($0) },
            dial: { [self] _ in
                let rings = draw { $0.rings() }
                bench.clock.pass(.milliseconds(rings))
                try await contact()
                return draw(\.isAgentFirst) ? .otherHungUp : .callerHungUp
            })
        world.turn = { [self] in
            state.withLock { state in
                let turn = state.caller.speak()
                if turn.recording.code != nil { state.figures.noises += 1 }
                state.figures.signature += "\(turn.lead) \(turn.wordsLast) \(turn.recording.code ?? "") "
                return turn
            }
        }
        world.pass = { [bench] in bench.clock.pass(.milliseconds($0)) }
        world.instant = { [bench] in bench.clock.instant }
        return world
    }

    private func post(_ path: String, _ parameters: [String: String]) async throws -> (status: Int, body: [UInt8]) {
        let trouble = draw { $0.trouble() }
        if trouble != nil { state.withLock { $0.figures.repeats += 1 } }
        if trouble == .connection {
            bench.clock.pass(.milliseconds(500))
            throw WebhookPolicy.Failure.connection
        }
        let pairs = parameters.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        var headers = HTTPHeaders()
        headers["X-Twilio-Signature"] = Signature.text(
            of: SimulationBench.base + path, pairs, token: TwilioMediaDouble.authToken)
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        let event = HTTPEvent(
            method: "POST", path: path, headers: headers, body: Array(PercentEncoding.form(pairs).utf8))
        let (start, context) = (bench.clock.instant, bench.context(seconds: 15))
        bench.state.answer(within: WebhookTime(start: start, context))
        let answer = try await bench.voice.handle(event, context: context)
        bench.state.answer(within: nil)
        let time = bench.clock.instant - start
        state.withLock { state in
            state.figures.longestWebhook = max(state.figures.longestWebhook, time)
            state.figures.signature += "\(path) "
            if time > .seconds(13) { state.figures.faults.append("\(path) has taken \(time)") }
        }
        return trouble == .gateway ? (502, []) : (answer.statusCode, Array(answer.body.utf8))
    }

    private func keep(_ recording: RecordVerb.Recorded) async -> [String: String] {
        let sid = "RE" + UUID().uuidString.replacing("-", with: "").lowercased()
        bench.state.keep(sid)
        let tries = state.withLock { state in
            state.figures.recordings += 1
            return state.caller.triesBefore()
        }
        await bench.twilio.recordings.put(sid, recording.audio, triesBefore: tries)
        let account = TwilioMediaDouble.accountSID
        return [
            "RecordingSid": sid,
            "RecordingUrl": "https://api.twilio.com/2010-04-01/Accounts/\(account)/Recordings/\(sid)",
        ]
    }

    // MARK: - The end

    /// Compares what the flows were told with what they had to be.
    private func judge(_ state: inout State) {
        let told = state.contacts.map { "\($0.branches.joined(separator: " ")) (\($0.note))" }
        state.figures.retries = state.contacts.flatMap(\.branches).count { $0 == "retry" }
        state.figures.signature += told.joined(separator: ", ")
        if state.figures.longestUpload > 4900 {
            state.figures.faults.append("\(state.figures.longestUpload) ms are uploaded")
        }
        let expected: [String]
        switch simulation.binding {
        case .contact:
            // The flow begins three times at most.
            state.figures.isUnheard = state.losses == 3
            let end = state.caller.isVouched ? "verified" : "enrolled"
            let rounds = Array(repeating: "enrollfromscratch retry", count: state.losses)
            let last = state.figures.isUnheard ? [] : ["enrollfromscratch \(end)"]
            expected = ["\((rounds + last).joined(separator: " ")) (\(last.isEmpty ? "failed" : end))"]
        case .callerID:
            // The contact that the last one took the call over from is told so, when the caller is still there.
            let after = state.caller.isAgentFirst ? " handedover" : ""
            expected = ["enrollfromscratch\(after) ()", "verify\(after) ()", "verified (verified)"]
        }
        if told != expected { state.figures.faults.append("\(told) in place of \(expected)") }
    }
}
