#if LIBFUZZER
    import Foundation
    import LocalServices

    /// LLVM's libFuzzer, which Swift's toolchain for Linux carries: "libFuzzer – a library for coverage-guided fuzz testing".
    struct LibFuzzer {
        let target: ParserTarget
        let seed: UInt64
        let found: URL

        // Invariant: set once, before the fuzzer runs, which has one thread.
        nonisolated(unsafe) fileprivate static var current: (target: ParserTarget, mutator: Mutator)?

        /// Runs; the process ends with it. libFuzzer itself writes the input of a crash.
        func run(seconds: Int, inputs: Int?) throws -> Never {
            let seeds = try target.seeds()
            Self.current = (target, Mutator(seeds: seeds, tokens: target.tokens))
            let corpus = found.deletingLastPathComponent().appending(path: "corpus/\(target.name)")
            try? FileManager.default.removeItem(at: corpus)
            try FileManager.default.createDirectory(at: corpus, withIntermediateDirectories: true)
            try FileManager.default.createDirectory(at: found, withIntermediateDirectories: true)
            for (index, input) in seeds.enumerated() {
                try Data(input).write(to: corpus.appending(path: "seed-\(index)"))
            }
            let dictionary = corpus.deletingLastPathComponent().appending(path: "\(target.name).dict")
            try Data(target.tokens.map(Self.entry).joined().utf8).write(to: dictionary)
            // libFuzzer's seed has 32 bits, and 0 means one of its own.
            var arguments = [
                "fuzz", corpus.path, "-seed=\(max(1, UInt32(truncatingIfNeeded: seed)))", "-max_len=16384",
                "-timeout=20",
                "-rss_limit_mb=4096", "-dict=\(dictionary.path)", "-artifact_prefix=\(found.path)/\(target.name)-",
                "-print_final_stats=1", "-verbosity=0",
            ]
            arguments.append(inputs.map { "-runs=\($0)" } ?? "-max_total_time=\(seconds)")
            var count = CInt(arguments.count)
            var vector: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = .allocate(capacity: arguments.count + 1)
            for (index, argument) in arguments.enumerated() { vector[index] = strdup(argument) }
            vector[arguments.count] = nil
            exit(drive(&count, &vector, runInput))
        }

        /// Writes a token as an entry of a dictionary of AFL's form.
        private static func entry(_ token: String) -> String {
            "\"" + token.utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\"\n"
        }
    }

    @_silgen_name("LLVMFuzzerRunDriver")
    private func drive(
        _ count: UnsafeMutablePointer<CInt>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
        _ run: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
    ) -> CInt

    @_silgen_name("LLVMFuzzerMutate")
    private func mutate(_ input: UnsafeMutablePointer<UInt8>?, _ count: Int, _ longest: Int) -> Int

    /// libFuzzer calls it by its name: half of the mutations are ours, which know JSON.
    @_cdecl("LLVMFuzzerCustomMutator")
    func mutateInput(_ input: UnsafeMutablePointer<UInt8>?, _ count: Int, _ longest: Int, _ seed: UInt32) -> Int {
        var generator = SeededGenerator(seed: UInt64(seed))
        guard let current = LibFuzzer.current, let input, Bool.random(using: &generator) else {
            return mutate(input, count, longest)
        }
        let bytes = Array(UnsafeBufferPointer(start: input, count: count))
        let mutated = current.mutator.mutated(bytes, &generator).prefix(longest)
        for (index, byte) in mutated.enumerated() { input[index] = byte }
        return mutated.count
    }

    private let runInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt = { input, count in
        do {
            try LibFuzzer.current?.target.run(Array(UnsafeBufferPointer(start: input, count: count)))
        } catch {
            FileHandle.standardError.write(Data("\nFinding: \(error)\n".utf8))
            abort()
        }
        return 0
    }
#endif
