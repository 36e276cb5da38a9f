import Foundation
import Subprocess
import SystemPackage

/// A server in Python, run from the project's virtual environment, that prints its port once it listens.
///
/// It must end when its standard input closes, so that it never outlives this process.
struct PythonServer: Sendable {
    let port: UInt16
    private let process: ChildProcess
    private let log: LogFile

    /// Starts the program `source` and waits for its port.
    ///
    /// - Parameters:
    ///   - name: Its name in its log and in errors.
    ///   - command: A command that is in the virtual environment when the server's packages are installed.
    ///   - environment: All variables that it gets in addition to `PATH` and `LANG`.
    ///   - line: Called with each line that it prints after its port.
    static func start(
        _ name: String, command: String, source: String, environment: [String: String], in virtualEnvironment: String,
        line: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> PythonServer {
        let bin = URL(filePath: virtualEnvironment).appending(path: "bin")
        guard FileManager.default.isExecutableFile(atPath: bin.appending(path: command).path) else {
            throw LocalAWSError(
                "The local AWS (\(name)) is not installed (no \(bin.path)/\(command)): run ./build.sh demo, which installs it."
            )
        }
        let log = try LogFile(named: name)
        let program = ChildProcess.Command(
            bin.appending(path: "python").path, ["-c", source],
            environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"].merging(environment) { $1 }, directory: "/")
        let (ports, found) = AsyncStream.makeStream(of: UInt16.self)
        let process = try await ChildProcess.start(
            program, input: .inputWriter, output: .sequence,
            error: .fileDescriptor(log.descriptor, closeAfterSpawningProcess: false)
        ) { execution in
            defer { found.finish() }
            var isFound = false
            for try await text in execution.standardOutput.strings() {
                guard !isFound else {
                    line(text)
                    continue
                }
                if let port = UInt16(text.trimmingCharacters(in: .whitespacesAndNewlines)) {
                    isFound = true
                    found.yield(port)
                }
            }
        }
        guard let port = await ports.first(where: { _ in true }) else {
            await process.stop()
            try Task.checkCancellation()
            throw LocalAWSError(
                "The local AWS (\(name)) did not start: run ./build.sh demo again. It said:\n\(log.end(lines: 5))")
        }
        return PythonServer(port: port, process: process, log: log)
    }

    /// Returns the last lines that it and its children wrote to standard error.
    func log(lines count: Int) -> String { log.end(lines: count) }

    /// Ends the server and its children.
    func stop() async {
        await process.stop()
    }
}
