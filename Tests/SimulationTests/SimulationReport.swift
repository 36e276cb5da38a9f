import VoiceAuth

/// The figures of calls, and the faults of any.
struct SimulationReport: Sendable, CustomStringConvertible {
    private let simulation: Simulation
    private var calls: [CallFigures] = []
    var faults: [String] = []

    init(_ simulation: Simulation) {
        self.simulation = simulation
    }

    mutating func add(_ call: CallFigures) {
        calls.append(call)
        faults += call.faults.map { "call \(call.number): \($0)" }
    }

    mutating func add(_ other: SimulationReport) {
        calls += other.calls
        faults += other.faults
    }

    var longestUpload: Int { calls.map(\.longestUpload).max() ?? 0 }
    var longestWebhook: Duration { calls.map(\.longestWebhook).max() ?? .zero }
    /// Those who lost digits in every transfer that the flow makes.
    var unheard: Int { calls.count { $0.isUnheard } }
    var noises: Int { calls.map(\.noises).reduce(0, +) }
    var retries: Int { calls.map(\.retries).reduce(0, +) }
    var repeats: Int { calls.map(\.repeats).reduce(0, +) }

    /// The signatures of the calls: the same for the same calls, in whichever order they ended.
    var signature: [String] {
        calls.sorted { $0.number < $1.number }.map(\.signature)
    }

    /// One line.
    var description: String {
        let transfers = calls.map(\.transfers).sorted()
        let time = simulation.isReal ? "real time" : "reckoned time"
        return """
            simulation, \(simulation.binding.rawValue), \(time): \(calls.count) calls of seed \(simulation.seed), \
            transfers median \(transfers.isEmpty ? 0 : transfers[transfers.count / 2]) most \(transfers.last ?? 0), \
            \(calls.map(\.recordings).reduce(0, +)) recordings (\(noises) refused for noise), \
            longest upload \(longestUpload) ms, longest webhook \(Int(longestWebhook / .milliseconds(1))) ms, \
            \(retries) retries for lost digits (\(unheard) callers never heard), \(repeats) webhooks repeated, \
            \(faults.count) faults
            """
    }
}

/// The figures of one call.
struct CallFigures: Sendable {
    let number: Int
    var transfers = 0
    var recordings = 0
    var noises = 0
    var retries = 0
    var repeats = 0
    var longestUpload = 0
    var longestWebhook = Duration.zero
    var isUnheard = false
    /// All random values, and the outcome.
    var signature = ""
    var faults: [String] = []

    init(_ number: Int) {
        self.number = number
    }
}
