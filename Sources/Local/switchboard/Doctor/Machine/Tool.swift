import Foundation
import Subprocess
import SystemPackage

/// A program of this machine, run for its output.
struct Tool: Sendable {
    struct Output: Sendable {
        /// The exit status; nil when a signal ended it.
        let status: Int32?
        /// Standard output and standard error, unchanged.
        let text: String

        var firstLine: String {
            let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            return lines.first { !$0.isEmpty } ?? "it printed nothing"
        }
    }

    let path: String

    /// The program at that path.
    init(path: String) {
        self.path = path
    }

    /// The program of that name on `PATH`; nil when there is none.
    init?(_ name: String, path: String = ProcessInfo.processInfo.environment["PATH"] ?? "") {
        let paths = path.split(separator: ":").map { "\($0)/\(name)" }
        guard let found = paths.first(where: FileManager.default.isExecutableFile) else { return nil }
        self.path = found
    }

    /// Runs it; throws a refusal when it does not start, or is killed because it has not ended in time.
    ///
    /// - Parameter environment: Variables over this process's own.
    func run(
        _ arguments: [String], in directory: URL? = nil, within limit: Duration = .seconds(60),
        environment: [String: String] = [:]
    ) async throws -> Output {
        let path = path
        return try await withThrowingTaskGroup(of: Output?.self) { group in
            group.addTask {
                let result = try await Subprocess.run(
                    .path(FilePath(path)), arguments: Arguments(arguments), environment: Self.environment(environment),
                    workingDirectory: directory.map { FilePath($0.path) }, output: .string(limit: 1 << 20),
                    error: .combinedWithOutput)
                let status: Int32? = if case .exited(let code) = result.terminationStatus { code } else { nil }
                return Output(status: status, text: result.standardOutput)
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let output = try await group.next().flatMap({ $0 }) else {
                throw Refusal("\(path) took longer than \(limit.components.seconds) s.")
            }
            return output
        }
    }

    private static func environment(_ variables: [String: String]) -> Environment {
        .inherit.updating(
            Dictionary(
                uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) }))
    }
}
