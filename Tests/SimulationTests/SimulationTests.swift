import Foundation
import TestSupport
import Testing
import VoiceAuth

/// The measure of voice authentication: callers at a person's pace.
///
/// Real: both functions, whole; their HTTP to servers on loopback, the flows as they are shipped, signatures, audio and
/// Twilio's timeline of keys, tones and recordings. Reckoned in place of waited for: what people and lines take, what VoiceIt, Twilio and
/// the table take to answer, the functions' own pauses. The functions' deadlines are compared with reckoned time, but for
/// libcurl's, in whose place `SimulationState` gives up. The smaller sample has nothing reckoned but people and lines.
@Suite(.takingTurns) struct SimulationTests {
    @Test(.timeLimit(.minutes(10)), arguments: VoiceRules.Binding.allCases)
    func `every caller at a person's pace is enrolled and proved`(binding: VoiceRules.Binding) async throws {
        let report = try await Simulation(binding: binding).run()
        print(report)
        #expect(report.faults.isEmpty, "\(report.faults.prefix(20).joined(separator: "\n"))")
        #expect(report.longestUpload <= 4900)
        #expect(report.longestWebhook <= .seconds(13))
    }
}
