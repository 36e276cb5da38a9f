package import Foundation

/// One run of the built `switchboard` command, with its output in files so that no pipe must be read meanwhile.
package final class CommandRun {
    private let process = Process()
    private let folder: URL

    /// The command that is built beside the tests.
    package static var executable: URL {
        get throws {
            let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(filePath: tests).deletingLastPathComponent().appending(path: "switchboard")
        }
    }

    /// `environment` is laid over the tests' own.
    package init(
        _ arguments: [String], in directory: URL, input: String = "", environment: [String: String] = [:]
    ) throws {
        folder = directory.appending(path: ".run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in [("input", input), ("output", ""), ("errors", "")] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        process.executableURL = try Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "SWITCHBOARD_ROOT" }
            .merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: folder.appending(path: "input"))
        process.standardOutput = try FileHandle(forWritingTo: folder.appending(path: "output"))
        process.standardError = try FileHandle(forWritingTo: folder.appending(path: "errors"))
        try process.run()
    }

    package var processID: Int32 { process.processIdentifier }
    package var output: String { text("output") }
    package var errors: String { text("errors") }

    /// The exit status; 128 and the signal's number when a signal ended it.
    package var status: Int32 {
        process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    }

    package func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    package func wait() {
        process.waitUntilExit()
    }

    private func text(_ name: String) -> String {
        (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
    }
}
