import Foundation
import LocalServices
import VoiceAuth

/// Many calls of a mode, each by its own caller, with their results.
///
/// `SIMULATION_SEED` and `SIMULATION_CALLS` choose others than those of the suite. A seed's calls are the same every
/// time, each also without the others before it.
struct Simulation: Sendable {
    var binding: VoiceRules.Binding
    var seed = Int(Self.variable("SIMULATION_SEED")) ?? 20_261_129
    var calls = Int(Self.variable("SIMULATION_CALLS")) ?? 500
    /// True when servers respond in real time.
    var isReal = false
    /// The time of VoiceIt's enrolments, verifications, and counts of enrolments.
    var voiceItMilliseconds = 500...9000

    /// The number of successive calls on the same servers, and of such rows in parallel.
    private static let row = 25
    private static let width = 3

    private static func variable(_ name: String) -> String { ProcessInfo.processInfo.environment[name] ?? "" }

    func run() async throws -> SimulationReport {
        // Each phrase is spoken by a process, which no call should wait for.
        SimulatedCaller.prepare()
        let size = isReal ? 1 : Self.row
        let rows = stride(from: 0, to: calls, by: size).map { $0..<min($0 + size, calls) }
        return try await withThrowingTaskGroup(of: SimulationReport.self) { group in
            var report = SimulationReport(self)
            for (index, numbers) in rows.enumerated() {
                if !isReal, index >= Self.width, let next = try await group.next() { report.add(next) }
                group.addTask {
                    // Starting together, they would be late for lack of processor time.
                    if isReal { try await Task.sleep(for: .milliseconds(300 * index)) }
                    return try await row(numbers)
                }
            }
            for try await next in group { report.add(next) }
            return report
        }
    }

    private func row(_ numbers: Range<Int>) async throws -> SimulationReport {
        try await SimulationFixture.withRunning(self, numbers.lowerBound) { fixture in
            var report = SimulationReport(self)
            for number in numbers {
                let call = SimulatedCall(number, of: self, fixture)
                do {
                    report.add(try await call.play())
                } catch {
                    report.faults.append("call \(number): \(error)")
                }
            }
            report.faults += try await fixture.faults(callers: numbers.count)
            return report
        }
    }
}
