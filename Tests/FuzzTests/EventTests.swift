import Foundation
import Testing

/// Mutated events for every function's bootstrap: some hundred of a fixed seed, or as many as `./build.sh fuzz` asks for.
///
/// `FUZZ_EVENTS` says how many each function gets, `FUZZ_FUNCTION` names one of them, `FUZZ_SEED` begins another sequence.
@Suite struct EventTests {
    private static let environment = ProcessInfo.processInfo.environment

    static var functions: [FuzzedFunction] {
        FuzzedFunction.all.filter { environment["FUZZ_FUNCTION"] == nil || environment["FUZZ_FUNCTION"] == $0.name }
    }

    @Test(arguments: functions)
    func `a function takes mutated events without a crash, a hang, an untyped error or a leak`(
        _ function: FuzzedFunction
    ) throws {
        let seed = Self.environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 16
        let count = Self.environment["FUZZ_EVENTS"].flatMap { Int($0) } ?? 200
        let run = try FunctionRun(function, seed: seed, found: ParserTests.found)
        let report = try run.run(0..<count)
        let faults = report.faults.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
        print(
            "\(function.name): \(report.events) events, \(report.failures) refused, \(Int(Double(report.events) / report.seconds)) "
                + "a second, memory \(report.memory.early) to \(report.memory.late) KB")
        #expect(faults.isEmpty, "\(function.name): \(faults.joined(separator: "\n"))")
        #expect(report.memory.late < report.memory.early + 32_768, "\(function.name) grows: \(report.memory)")
    }
}

extension FuzzedFunction: CustomTestStringConvertible {
    var testDescription: String { name }
}
