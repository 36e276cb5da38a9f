import Foundation
import LocalServices
import Synchronization

/// A run of one parser's target: by libFuzzer where this was built with it, which looks for inputs that reach new code; else
/// by mutations of the seeds alone.
///
/// Either is the same for the same seed. The input at fault is written before the process ends with 1.
struct Engine {
    let target: ParserTarget
    let seed: UInt64
    /// The folder that inputs at fault are written to.
    let found: URL

    /// Runs until the time has passed, or so many inputs have been tried.
    func run(seconds: Int, inputs: Int? = nil) throws {
        #if LIBFUZZER
            try LibFuzzer(target: target, seed: seed, found: found).run(seconds: seconds, inputs: inputs)
        #else
            try runMutations(seconds: seconds, inputs: inputs ?? .max)
        #endif
    }

    /// Tries mutated seeds, and mutations of those again; returns how many.
    @discardableResult
    func runMutations(seconds: Int, inputs: Int) throws -> Int {
        let seeds = try target.seeds()
        for input in seeds { try tryInput(input) }
        let mutator = Mutator(seeds: seeds, tokens: target.tokens)
        var generator = SeededGenerator(seed: seed)
        var recent = seeds
        let end = ContinuousClock.now + .seconds(seconds)
        var count = 0
        while count < inputs, .now < end {
            let isSecond = Int.random(in: 0..<4, using: &generator) == 0
            let before = isSecond ? recent.randomElement(using: &generator) : nil
            let input = before.map { mutator.mutated($0, &generator) } ?? mutator.input(&generator)
            try tryInput(input)
            recent[Int.random(in: 0..<recent.count, using: &generator)] = input
            count += 1
        }
        return count
    }

    private func tryInput(_ input: [UInt8]) throws {
        CrashRecord.note(input, in: found, target.name)
        do {
            try target.run(input)
        } catch {
            let file = try write(input)
            throw Finding("\(target.name): \(error)\n  the input: \(file.path)")
        }
    }

    /// Writes an input at fault under a name that its bytes decide, after the target's.
    func write(_ input: [UInt8]) throws -> URL {
        try FileManager.default.createDirectory(at: found, withIntermediateDirectories: true)
        let sum = input.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let file = found.appending(path: "\(target.name)-\(String(sum, radix: 16))")
        try Data(input).write(to: file)
        return file
    }
}

/// The input at hand, for a handler of fatal signals to write.
enum CrashRecord {
    // Invariant: written by the one thread that runs inputs; read in its own signal handler.
    nonisolated(unsafe) private static var bytes: UnsafeMutablePointer<UInt8>?
    nonisolated(unsafe) private static var count = 0
    nonisolated(unsafe) private static var capacity = 0
    nonisolated(unsafe) private static var path: UnsafeMutablePointer<CChar>?

    static func note(_ input: [UInt8], in folder: URL, _ name: String) {
        if path == nil {
            try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            path = strdup(folder.appending(path: "\(name)-crash").path)
            for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE] { signal(number, CrashRecord.write) }
        }
        if input.count > capacity {
            bytes?.deallocate()
            bytes = .allocate(capacity: input.count)
            capacity = input.count
        }
        count = input.count
        input.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { bytes?.update(from: base, count: source.count) }
        }
    }

    /// Writes the input and has the signal end the process, as it would have.
    private static let write: @convention(c) (CInt) -> Void = { number in
        if let path = CrashRecord.path, let bytes = CrashRecord.bytes {
            let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
            _ = Glibc.write(file, bytes, CrashRecord.count)
            close(file)
        }
        signal(number, SIG_DFL)
        raise(number)
    }
}
