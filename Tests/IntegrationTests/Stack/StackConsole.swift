import Foundation
import JSON
import LocalServices
import TestSupport
import Testing
import Timeline

/// A console over a stack of its own.
struct StackConsole: Sendable {
    let process: TestProcess
    let folder: URL
    let port: UInt16

    /// Starts it, and returns once its stack is up.
    static func start(_ arguments: [String] = []) async throws -> StackConsole {
        let console = try await listening(arguments)
        try await console.wait("the stack") { try await console.api("GET", "status")["ready"]?.bool == true }
        return console
    }

    /// Starts it, and returns once its page is there.
    static func listening(_ arguments: [String] = []) async throws -> StackConsole {
        let folder = FileManager.default.temporaryDirectory.appending(path: "console-\(UUID().uuidString)")
        let temporary = folder.appending(path: "tmp")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        let output = folder.appending(path: "output")
        let script = #"exec "$0" console --stack --port 0 --events "$2" >"$1" ${3:+--parameter-overrides "$3"}"#
        let files = [output.path, folder.appending(path: "events").path]
        let process = try TestProcess(
            "/bin/sh", ["-c", script, try CommandRun.executable.path] + files + arguments,
            environment: [
                "PATH": "/usr/bin:/bin", "TMPDIR": temporary.path, "SWITCHBOARD_ROOT": TestProcess.root.path,
            ],
            directory: TestProcess.root)
        var port: UInt16?
        for _ in 0..<800 where port == nil && process.isRunning {
            try await Task.sleep(for: .milliseconds(25))
            let text = (try? String(contentsOf: output, encoding: .utf8)) ?? ""
            port = text.firstMatch(of: #/Console: http:\/\/127\.0\.0\.1:(\d+)\/\n/#).flatMap { UInt16($0.1) }
        }
        return StackConsole(
            process: process, folder: folder, port: try #require(port, "\(process.errorOutput)"))
    }

    /// Returns the API's answer.
    func api(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        try JSONValue(parsing: try await raw(method, path, body).body)
    }

    func raw(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> HTTPMessage {
        let text = body?.text ?? ""
        let lines = [
            "\(method) /api/\(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Content-Type: application/json",
            "Content-Length: \(text.utf8.count)", "Connection: close",
        ]
        var connection = try await HTTPConnection(port: port)
        defer { connection.close() }
        try await connection.write(Array("\(lines.joined(separator: "\r\n"))\r\n\r\n\(text)".utf8))
        return try await connection.readMessage(limit: 16 << 20)
    }

    /// Runs a function on one of its events, by the number that its name begins with.
    func run(_ function: String, _ number: String) async throws -> JSONValue {
        let fixture = try #require(try EventFixture.all(of: function).first { $0.name.hasPrefix("\(number)-") })
        return try await api(
            "POST", "functions/\(function)/run",
            ["event": .string(String(decoding: fixture.event, as: UTF8.self)), "name": .string(fixture.name)])
    }

    /// What the call has said so far.
    func lines() async throws -> [String] {
        try await api("GET", "phone")["lines"]?.array?.compactMap { $0["text"]?.string } ?? []
    }

    /// Waits up to half a minute.
    func wait(_ what: String, until isThere: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(30)
        while .now < end {
            if try await isThere() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("\(what) did not come: \(try await lines()) \(process.errorOutput.suffix(500))")
    }

    /// What `--events` has written so far, and the events in it.
    func events() throws -> (text: String, events: [TimelineEvent]) {
        let text = try String(contentsOf: folder.appending(path: "events"), encoding: .utf8)
        let lines = text.split(separator: "\n")
        return (text, try lines.map { try JSONText.decode(TimelineEvent.self, from: Array($0.utf8)) })
    }

    /// Ends it like Ctrl-C, and checks that nothing is left.
    func end() async throws {
        let children = try #require(process.descendants)
        process.signal(SIGINT)
        #expect(try await process.status() == 130, "\(process.errorOutput)")
        // Those that functions ran in have lost their parent: the system waits for them, a moment later.
        var left = children
        for _ in 0..<100 where !left.isEmpty {
            left = left.filter { kill($0, 0) == 0 }
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(left.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "tmp").path) == [])
        let state = TestProcess.root.appending(path: "dist/.stack-\(process.processID).json")
        #expect(!FileManager.default.fileExists(atPath: state.path))
        try FileManager.default.removeItem(at: folder)
    }
}
