package import Foundation

/// A program under test with only the given environment; it is killed with the value.
package final class TestProcess: @unchecked Sendable {
    // Invariant: `process` is configured before it runs; afterwards only its thread-safe members are used.
    private let process = Process()
    private let errorFile: URL

    /// Returns the path of a function's bootstrap, built by `./build.sh`.
    package static func bootstrap(_ function: String) -> String {
        root.appending(path: "dist/\(function)/bootstrap").path
    }

    /// The root of the project: `SWITCHBOARD_ROOT`, else above this file.
    package static var root: URL {
        if let root = ProcessInfo.processInfo.environment["SWITCHBOARD_ROOT"], !root.isEmpty {
            return URL(filePath: root)
        }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    package init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:], directory: URL? = nil
    ) throws {
        errorFile = FileManager.default.temporaryDirectory.appending(path: "switchboard-\(UUID().uuidString)")
        try Data().write(to: errorFile)
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try withSignalsUnblocked { try process.run() }
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: errorFile)
    }

    package var processID: Int32 { process.processIdentifier }

    package var isRunning: Bool { process.isRunning }

    /// The process's output to standard error.
    package var errorOutput: String { (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "" }

    /// Waits for the end, up to half a minute; returns nil when it has not come. A signal is its negative number.
    package func status() async throws -> Int32? {
        let end = ContinuousClock.now + .seconds(30)
        while process.isRunning, .now < end { try await Task.sleep(for: .milliseconds(5)) }
        guard !process.isRunning else { return nil }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    package func signal(_ number: Int32) {
        kill(process.processIdentifier, number)
    }

    /// The processes that it has started, and theirs; nil when they cannot be listed.
    package var descendants: [Int32]? {
        guard let all = try? FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap({ Int32($0) }) else {
            return nil
        }
        let parents = Dictionary(
            all.compactMap { id -> (Int32, Int32)? in
                // The name in brackets may contain spaces; after it come the state and the parent.
                let stat = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
                let behind = stat?.split(separator: ")").last?.split(separator: " ")
                return behind.flatMap { $0.count > 1 ? Int32($0[1]) : nil }.map { (id, $0) }
            }, uniquingKeysWith: { $1 })
        return all.filter { id in
            var next = parents[id]
            while let parent = next, parent > 1 {
                if parent == processID { return true }
                next = parents[parent]
            }
            return false
        }
    }

    /// The number of its open descriptors.
    package var openDescriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/fd").count) ?? 0
    }

    /// Returns a field of /proc/<pid>/status, such as `VmHWM` or `RssAnon`, in KB.
    package func memory(_ field: String) -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8) else { return nil }
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(field):") }
        return line.flatMap { Int($0.filter(\.isNumber)) }
    }

    /// The number of pages of memory that it has been given so far (`minflt` of /proc/<pid>/stat).
    package var minorFaults: Int? {
        guard let stat = try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8) else { return nil }
        // The name in brackets may contain spaces; after it come the state, six numbers, and this one.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 7 ? Int(fields[7]) : nil
    }
}

/// Runs `body` with signals unblocked: tests run on threads that block signals, which a process would inherit.
private func withSignalsUnblocked<Result>(_ body: () throws -> Result) rethrows -> Result {
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try body()
}
