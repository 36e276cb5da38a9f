import Foundation
import JSON
import LocalServices
import Synchronization
import TestSupport

/// The built command's console over a copy of the project, in which tests may write files; one for all tests of a run.
final class RunningConsole: @unchecked Sendable {
    // Invariant: the process and the pipe are used by `init` and `stop` alone.
    private static let task = Task { try await RunningConsole() }

    /// The console, started by the first test that needs it. Its processes end with this one.
    static var shared: RunningConsole {
        get async throws { try await task.value }
    }

    /// The console without a call: one that a test has left behind is over.
    static var free: RunningConsole {
        get async throws {
            let console = try await shared
            for _ in 0..<200 where ["waiting", "busy"].contains(try await console.api("GET", "phone")["state"]?.string)
            {
                _ = try await console.api("POST", "phone/hangup", [:])
                try await Task.sleep(for: .milliseconds(50))
            }
            return console
        }
    }

    /// The folders of projects, which are removed when the tests end.
    private static let folders = Mutex<[URL]>([])

    let root: URL
    let url: String
    private let process: Process
    /// The shell that runs the command ends it when this closes, so that it never outlives the tests.
    private let lifeline = Pipe()

    /// Returns once the page can be fetched.
    init(port: UInt16 = 0) async throws {
        root = try Self.project()
        let (out, errors) = (root.appending(path: "console.out"), root.appending(path: "console.errors"))
        process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        // No wait: the threads of tests block signals, and a shell that inherits that never hears of its child's end.
        let script = #""$0" console --port "$3" >"$1" 2>"$2" <&- & child=$!; read -r line; kill "$child""#
        process.arguments = ["-c", script, try CommandRun.executable.path, out.path, errors.path, "\(port)"]
        process.environment = ["SWITCHBOARD_ROOT": root.path, "PATH": "/usr/bin:/bin"]
        process.currentDirectoryURL = root
        process.standardInput = lifeline
        lifeline.closeInOtherPrograms()
        try process.run()
        var url: String?
        for _ in 0..<400 where url == nil {
            try await Task.sleep(for: .milliseconds(25))
            let text = (try? String(contentsOf: out, encoding: .utf8)) ?? ""
            url = text.firstMatch(of: #/Console: (http\S+)\n/#).map { String($0.1) }
        }
        guard let url else {
            let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
            throw Browser.Fault(description: "The console did not start: \(said)")
        }
        self.url = url
    }

    /// Ends the command and everything that it has started.
    func stop() {
        let all = [command, process.processIdentifier].compactMap { $0 }
        try? lifeline.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        process.waitUntilExit()
        // The shell does not wait for it.
        for _ in 0..<200 where all.contains(where: Processes.isAlive) { usleep(50_000) }
    }

    /// Makes a project whose events and integrations are copies; everything else is this project's own.
    static func project() throws -> URL {
        let files = FileManager.default
        let root = files.temporaryDirectory.appending(path: "switchboard-console-\(UUID().uuidString)")
        try files.createDirectory(at: root, withIntermediateDirectories: true)
        for name in ["events", "integrations"] {
            try files.copyItem(at: TestProcess.root.appending(path: name), to: root.appending(path: name))
        }
        for name in ["Sources", "dist", "stacks", "template.yaml", ".venv", "docs"] {
            try files.createSymbolicLink(
                at: root.appending(path: name), withDestinationURL: TestProcess.root.appending(path: name))
        }
        folders.withLock { folders in
            if folders.isEmpty {
                atexit {
                    RunningConsole.folders.withLock { $0 }.forEach { try? FileManager.default.removeItem(at: $0) }
                }
            }
            folders.append(root)
        }
        return root
    }

    /// Returns the API's answer.
    func api(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        try await connected { connection in
            try await self.ask(&connection, method, path, body)
        }
    }

    /// Switches a fault on and off that often: an event of the timeline each.
    func flood(_ count: Int) async throws {
        try await connected { connection in
            for index in 1...count {
                _ = try await self.ask(
                    &connection, "POST", "faults/recording-late", ["isOn": .bool(index % 2 == 1)])
            }
        }
    }

    private func connected<Result>(_ body: (inout HTTPConnection) async throws -> Result) async throws -> Result {
        var connection = try await HTTPConnection(port: try port)
        defer { connection.close() }
        return try await body(&connection)
    }

    var port: UInt16 {
        get throws {
            guard let port = URL(string: url)?.port.flatMap({ UInt16(exactly: $0) }) else {
                throw Browser.Fault(description: url)
            }
            return port
        }
    }

    private func ask(
        _ connection: inout HTTPConnection, _ method: String, _ path: String, _ body: JSONValue?
    ) async throws -> JSONValue {
        let text = body?.text ?? ""
        let lines = [
            "\(method) /api/\(path) HTTP/1.1", "Host: 127.0.0.1:\(try port)", "Content-Type: application/json",
            "Content-Length: \(text.utf8.count)",
        ]
        try await connection.write(Array("\(lines.joined(separator: "\r\n"))\r\n\r\n\(text)".utf8))
        return try JSONValue(parsing: try await connection.readMessage(limit: 16 << 20).body)
    }

    /// Returns the state of the local VoiceIt, whose address the page's timeline has.
    func voiceIt(_ page: BrowserPage) async throws -> JSONValue {
        let target = try page.evaluate(
            "import('/api.js').then(({ events }) => events.findLast((one) => one.channel === 'voiceit').detail.target)")
        guard let port = target.string.flatMap({ URL(string: $0) })?.port.flatMap({ UInt16(exactly: $0) }) else {
            throw Browser.Fault(description: "\(target)")
        }
        var connection = try await HTTPConnection(port: port)
        defer { connection.close() }
        try await connection.write(Array("GET /debug/state HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8))
        return try JSONValue(parsing: try await connection.readMessage(limit: 16 << 20).body)
    }

    /// Runs the command in the project's copy, and returns its status and what it said.
    func command(_ arguments: [String]) throws -> (status: Int32, said: String) {
        let run = try CommandRun(arguments, in: root, environment: ["SWITCHBOARD_ROOT": root.path])
        run.wait()
        return (run.status, run.output + run.errors)
    }

    /// The processor time that it and its children have used, in seconds.
    var processorTime: Double { Self.processorTime(of: process.processIdentifier) }

    /// The command's own processor time, in seconds.
    var ownProcessorTime: Double { command.map { Self.processorTime(of: $0, withChildren: false) } ?? .infinity }

    private var command: Int32? { Processes.children(of: process.processIdentifier).first }

    /// The command's own resident memory, in MB.
    var memory: Double {
        guard let command,
            let status = try? String(contentsOfFile: "/proc/\(command)/status", encoding: .utf8),
            let match = status.firstMatch(of: #/VmRSS:\s+(\d+) kB/#)
        else { return .infinity }
        return (Double(match.1) ?? .infinity) / 1024
    }

    private static func processorTime(of id: Int32, withChildren: Bool = true) -> Double {
        let stat = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        // After the state: utime and stime, in hundredths of a second.
        let own = fields.count > 12 ? ((Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)) / 100 : 0
        return !withChildren ? own : Processes.children(of: id).reduce(own) { $0 + processorTime(of: $1) }
    }
}

extension Pipe {
    /// Keeps the pipe out of programs that are started later: one that held its end would keep it open.
    func closeInOtherPrograms() {
        for handle in [fileHandleForReading, fileHandleForWriting] {
            _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
        }
    }
}
