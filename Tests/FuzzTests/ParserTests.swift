import Foundation
import TestSupport
import Testing

/// Mutated input for every parser: some hundred inputs of a fixed seed, or as much as `./build.sh fuzz` asks for.
///
/// `FUZZ_PARSER` names one of them, `FUZZ_SECONDS` says how long, `FUZZ_SEED` begins another sequence.
@Suite struct ParserTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 16

    static var targets: [ParserTarget] {
        ParserTarget.all.filter { environment["FUZZ_PARSER"] == nil || environment["FUZZ_PARSER"] == $0.name }
    }

    static var found: URL { TestProcess.root.appending(path: ".build-fuzz/found") }

    @Test(arguments: targets)
    func `a parser takes mutated input without a crash, a hang or an untyped error`(_ target: ParserTarget) throws {
        let engine = Engine(target: target, seed: Self.seed, found: Self.found)
        guard let seconds = Self.environment["FUZZ_SECONDS"].flatMap({ Int($0) }) else {
            let count = try engine.runMutations(seconds: 60, inputs: target.shortRun)
            #expect(count > 0)
            return
        }
        try engine.run(seconds: seconds, inputs: Self.environment["FUZZ_INPUTS"].flatMap { Int($0) })
    }
}

extension ParserTarget: CustomTestStringConvertible {
    var testDescription: String { name }
}
