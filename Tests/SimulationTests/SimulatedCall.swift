import AmazonConnect
import Foundation
import JSON
import LocalServices
import Synchronization
import VoiceAuth

@testable import VoiceAuthCheck
@testable import switchboard

/// One call, from the contact that begins it to its end: Connect's flow, Twilio's part, and the caller.
final class SimulatedCall: Sendable {
    /// The responses to a contact's flow, and the data that it recorded of its caller.
    struct Contact {
        var branches: [String] = []
        var note = ""
    }

    struct State {
        var caller: SimulatedCaller
        var figures: CallFigures
        var contacts: [Contact] = []
        var losses = 0
    }

    private let number: Int
    private let simulation: Simulation
    let fixture: SimulationFixture
    let state: Mutex<State>

    init(_ number: Int, of simulation: Simulation, _ fixture: SimulationFixture) {
        self.number = number
        self.simulation = simulation
        self.fixture = fixture
        let seed = "\(simulation.seed) \(simulation.binding.rawValue)"
        state = Mutex(State(caller: SimulatedCaller(number, seed: seed), figures: CallFigures(number)))
    }

    func play() async throws -> CallFigures {
        let (slow, quick, media) = draw { ($0.paceSeed(), $0.paceSeed(), $0.paceSeed()) }
        await fixture.voiceIt.account.take(milliseconds: simulation.voiceItMilliseconds, seed: slow)
        // A flow waits for three seconds: a user that takes longer makes its begin `unavailable`.
        await fixture.voiceIt.account.take(milliseconds: 100...1000, path: "/users", seed: quick)
        await fixture.twilio.recordings.take(milliseconds: 50...600, seed: media)
        // The sweep runs a minute later, without real waiting.
        if !simulation.isReal, draw(\.isDeletionBusy) {
            await fixture.twilio.recordings.misbehave(.busy, times: 3, path: ".json")
        }
        if draw(\.isAnswerLost) { await fixture.voiceIt.account.misbehave(.drop, path: "/enrollments/voice") }
        let before = await fixture.voiceIt.account.calls.count
        try await contact()
        let uploads = await fixture.voiceIt.account.calls.dropFirst(before).compactMap(\.recording)
        return state.withLock { state in
            state.figures.longestUpload = uploads.max() ?? 0
            judge(&state)
            return state.figures
        }
    }

    func draw<Value>(_ body: (inout SimulatedCaller) -> Value) -> Value {
        state.withLock { body(&$0.caller) }
    }

    // MARK: - Connect

    func contact() async throws {
        let (index, caller) = state.withLock { state in
            state.contacts.append(Contact())
            return (state.contacts.count - 1, state.caller)
        }
        var contact = FlowContact(customer: caller.number, system: SimulationFixture.connectNumber)
        // Set by an earlier flow that has authenticated the caller in another way.
        if caller.isVouched { contact.attributes["enrollmentAllowed"] = "true" }
        let world = FlowPlayer.World(
            say: { _ in }, ask: { _ in nil },
            invoke: { [self] _, event, _ in await invoke(event, index) },
            transfer: { [self] _, digits, contact in try await transfer(digits, contact) },
            profile: { _, _ in nil }, flow: { throw Refusal("There is no flow \($0).") })
        var player = FlowPlayer(flow: fixture.flow, contact: contact, world: world)
        try await player.play()
        let note = player.contact.attributes["voiceAuthentication"]?.string ?? ""
        state.withLock { $0.contacts[index].note = note }
    }

    private func invoke(_ event: [UInt8], _ contact: Int) async -> InvocationOutcome {
        let start = fixture.clock.instant
        do {
            let output = try await fixture.check.handle(
                ContactFlowEvent(parsing: event), context: fixture.context(seconds: 8))
            let time = fixture.clock.instant - start
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
        fixture.clock.pass(.milliseconds(rings))
        var circumstances = TwilioCall.Circumstances()
        let (webhook, lost) = draw { $0.call() }
        (circumstances.webhook, circumstances.lostKeys) = (webhook, lost)
        state.withLock { state in
            state.figures.transfers += 1
            if lost > 0, !digits.isEmpty { state.losses += 1 }
        }
        let from = digits.isEmpty ? contact.customer : contact.system ?? ""
        var call = TwilioCall(
            account: TwilioMediaDouble.accountSID, from: from, to: SimulationFixture.twilioNumber, digits: digits,
            circumstances: circumstances, world: twilio)
        return try await call.play() ? .abandoned : .ended
    }

    // MARK: - The end

    /// Compares the flows' responses with the expected ones.
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
