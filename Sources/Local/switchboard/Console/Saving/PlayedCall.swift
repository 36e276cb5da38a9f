import LocalServices

/// A call of the console, as a `.call` file keeps it.
struct PlayedCall: Sendable, Equatable {
    let flow: String
    /// Nil for a withheld number.
    let from: String?
    let hasProfile: Bool
    /// The lines: typed ones begin with `>`.
    let script: [String]
    /// The WAV files that were said, by their names.
    let files: [String: [UInt8]]

    init(_ state: ConsolePhone.State) {
        flow = state.flow
        from = state.from
        hasProfile = state.hasProfile
        script = state.script
        files = state.files
    }

    init(
        flow: String, from: String?, hasProfile: Bool = true, script: [String], files: [String: [UInt8]] = [:]
    ) {
        self.flow = flow
        self.from = from
        self.hasProfile = hasProfile
        self.script = script
        self.files = files
    }

    /// The caller's number as the command takes it.
    var caller: String { from ?? CallCommand.withheld }

    /// Returns the lines of a file with this call, from its start on; `names` are those that its WAV files have there.
    func lines(files names: [String: String]) -> [String] {
        [hasProfile ? "> call from \(caller)" : "> call without profile"]
            + script.map { line in
                guard line.hasPrefix("> "), let name = SpokenTurn.file(in: String(line.dropFirst(2))) else {
                    return line
                }
                return "> (file \(names[name] ?? name))"
            }
    }
}
