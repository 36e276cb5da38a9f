import Foundation

/// The command that replays a saved file, as a terminal does: from a fresh start.
struct SavedReplay: Sendable {
    let arguments: [String]

    init(_ arguments: [String]) {
        self.arguments = arguments
    }

    /// The command for a terminal.
    var command: String { (["switchboard"] + arguments).joined(separator: " ") }

    /// Runs it; returns nil when everything comes as the file says, else what it reports.
    func difference(in project: Project) async throws -> String? {
        guard let program = Bundle.main.executablePath else { throw Refusal("This program's own file is not known.") }
        let output = try await Tool(path: program).run(
            arguments, in: project.root, within: .seconds(120), environment: ["SWITCHBOARD_ROOT": project.root.path])
        guard output.status != 0 else { return nil }
        let lines = output.text.split(whereSeparator: \.isNewline)
        let place = lines.firstIndex { $0.hasPrefix("Line ") } ?? max(0, lines.count - 5)
        return lines[place...].prefix(12).joined(separator: "\n")
    }
}
