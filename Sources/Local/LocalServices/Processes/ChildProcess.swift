import Foundation
import Settings
package import Subprocess
import SystemPackage

/// A program started by this process, in a session of its own, which ends with it at the latest.
///
/// `stop()` kills its whole process group and reaps it. When this process itself is killed with SIGKILL, the kernel
/// kills the child (`setpriv --pdeathsig`, where that tool is installed).
package final class ChildProcess: Sendable {
    /// The way in which the program ended.
    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// A program to run: paths are absolute, and the environment is all that it gets.
    package struct Command: Sendable {
        package var executable: String
        package var arguments: [String]
        package var environment: [String: String]
        package var directory: String

        package init(_ executable: String, _ arguments: [String], environment: [String: String], directory: String) {
            self.executable = executable
            self.arguments = arguments
            self.environment = environment
            self.directory = directory
        }
    }

    package let processID: Int32
    private let task: Task<Ending, any Error>

    private init(processID: Int32, task: Task<Ending, any Error>) {
        self.processID = processID
        self.task = task
    }

    /// Starts the program; `body` reads and writes its streams, if it has any, while the program runs.
    package static func start<Input: InputProtocol, Output: OutputProtocol, Failure: ErrorOutputProtocol>(
        _ command: Command, input: Input, output: Output, error: Failure,
        body: @escaping @Sendable (Execution<Input, Output, Failure>) async throws -> Void = { _ in }
    ) async throws -> ChildProcess {
        let (starts, started) = AsyncThrowingStream.makeStream(of: Int32.self)
        let configuration = command.configuration
        let task = Task<Ending, any Error> {
            defer { started.finish() }
            do {
                let result = try await run(configuration, input: input, output: output, error: error) { execution in
                    started.yield(execution.processIdentifier.value)
                    try await body(execution)
                }
                switch result.terminationStatus {
                case .exited(let code): return .exited(code)
                case .signaled(let signal): return .signalled(signal)
                }
            } catch {
                started.finish(throwing: error)
                throw error
            }
        }
        for try await processID in starts {
            return ChildProcess(processID: processID, task: task)
        }
        // Cancelled while starting: the task kills and reaps the program if it was started.
        task.cancel()
        _ = try? await task.value
        throw CancellationError()
    }

    /// Waits until the program has ended.
    package func ended() async -> Ending {
        (try? await task.value) ?? .signalled(SIGKILL)
    }

    /// Sends a signal to the program and everything it started in its group.
    package func signal(_ number: Int32) {
        _ = kill(-processID, number)
    }

    /// Kills the program and everything in its group, and reaps it; `grace` is the time to end by SIGTERM.
    package func stop(grace: Duration? = nil) async {
        if let grace {
            signal(SIGTERM)
            let killer = Task {
                try await Task.sleep(for: grace)
                signal(SIGKILL)
            }
            _ = await ended()
            killer.cancel()
        }
        signal(SIGKILL)
        _ = await ended()
    }
}

extension ChildProcess.Command {
    private static let setpriv = "/usr/bin/setpriv"

    fileprivate var configuration: Configuration {
        var options = PlatformOptions()
        // A session of its own: Ctrl-C reaches only this process, which decides in which order children end.
        options.createSession = true
        let diesWithUs = FileManager.default.isExecutableFile(atPath: Self.setpriv)
        return Configuration(
            executable: .path(.init(diesWithUs ? Self.setpriv : executable)),
            arguments: .init((diesWithUs ? ["--pdeathsig", "KILL", "--", executable] : []) + arguments),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })
            ),
            workingDirectory: .init(directory), platformOptions: options)
    }
}
