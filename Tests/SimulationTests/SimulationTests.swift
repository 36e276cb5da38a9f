import Foundation
import TestSupport
import Testing
import VoiceAuth

/// The measure of voice authentication: callers at a person's pace.
///
/// Real: both functions, whole; their HTTP to servers on loopback, the flows as they are shipped, signatures, audio,
/// and Twilio's timeline of keys, tones and recordings. Reckoned in place of waited for: what people and lines take,
/// what VoiceIt, Twilio and the table take to answer, the functions' own pauses. The functions compare their deadlines
/// with reckoned time, but for libcurl, in whose place `SimulationState` gives up. In the sample in real time only
/// people and lines are reckoned.
@Suite(.takingTurns) struct SimulationTests {
    @Test(.timeLimit(.minutes(30)), arguments: VoiceRules.Binding.allCases)
    func `every caller at a person's pace is enrolled and proved`(binding: VoiceRules.Binding) async throws {
        let simulation = Simulation(binding: binding)
        let report = try await expectNoFaults(simulation)
        // The random events have occurred, and hardly any caller has lost digits three times.
        #expect(report.noises > 0 && report.repeats > 0 && (binding == .callerID || report.retries > 0))
        #expect(report.unheard <= simulation.calls / 500)
    }

    @Test func `in real time, answers that take up to nine seconds come in time`() async throws {
        async let contact = expectNoFaults(Simulation(binding: .contact, calls: 8, isReal: true))
        async let callerID = expectNoFaults(Simulation(binding: .callerID, calls: 8, isReal: true))
        let longest = try await max(contact.longestWebhook, callerID.longestWebhook)
        #expect(longest > .seconds(8), "Nobody has waited.")
    }

    @Test func `the same seed makes the same calls, and another one others`() async throws {
        let simulation = Simulation(binding: .contact, seed: 1, calls: 5)
        let first = try await simulation.run()
        #expect(first.signature.count == 5)
        #expect(try await simulation.run().signature == first.signature)
        #expect(try await Simulation(binding: .contact, seed: 2, calls: 5).run().signature != first.signature)
    }

    @Test func `an answer behind the functions' limit is no answer in reckoned time either`() async throws {
        let slow = Simulation(binding: .contact, calls: 1, voiceItMilliseconds: 12_300...13_000)
        let faults = try await slow.run().faults
        #expect(faults.contains { $0.contains("/enrollments/voice after the function's limit") }, "\(faults)")
    }

    @discardableResult
    private func expectNoFaults(_ simulation: Simulation) async throws -> SimulationReport {
        let report = try await simulation.run()
        print(report)
        #expect(report.faults.isEmpty, "\(report.faults.prefix(20).joined(separator: "\n"))")
        #expect(report.longestUpload <= 4900)
        #expect(report.longestWebhook <= .seconds(13))
        return report
    }
}
