import Glibc

/// A parser under test: inputs to begin with, the words of its format, and what must hold of every input.
struct ParserTarget: Sendable {
    let name: String
    /// Words and signs of the format.
    let tokens: [String]
    let seeds: @Sendable () throws -> [[UInt8]]
    /// Throws a finding; a crash is one too.
    let check: @Sendable ([UInt8]) throws -> Void
    /// The nanoseconds that a byte may take: what is read with Foundation takes more.
    var nanosecondsPerByte = 10_000
    /// The number of inputs in a run of the tests.
    var shortRun = 300

    /// Every target, by the format that it reads.
    static let all: [ParserTarget] = [
        .json, .httpEvents, .forms, .twiml, .soql, .templates, .flows, .certificates, .analyses,
    ]

    /// Checks an input, and that its size bounds the time.
    func run(_ input: [UInt8]) throws {
        let start = Self.processorTime
        try check(input)
        let nanoseconds = Self.processorTime - start
        // A second more: a scheduler's pause, or the first use of a table, is no fault of the parser.
        let limit = 1_000_000_000 + input.count * nanosecondsPerByte
        try Finding.unless(
            nanoseconds < limit, "\(input.count) bytes took \(nanoseconds / 1_000_000) ms, more than linear time allows"
        )
    }

    /// The processor time of this process in nanoseconds.
    static var processorTime: Int {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
