import Foundation
import TestSupport

/// A bootstrap as it is shipped, with its log read without waiting.
final class BootstrapProcess {
    private let process = Process()
    private let log = Pipe()

    init(_ function: String, environment: [String: String]) throws {
        process.executableURL = URL(filePath: TestProcess.bootstrap(function))
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = log
        let reading = log.fileHandleForReading.fileDescriptor
        _ = fcntl(reading, F_SETFL, fcntl(reading, F_GETFL) | O_NONBLOCK)
        try process.run()
    }

    deinit { stop() }

    /// The text written to the log since the last call.
    func newLog() -> String {
        var text: [UInt8] = []
        while true {
            let part = [UInt8](unsafeUninitializedCapacity: 65_536) { [log] buffer, count in
                count = max(0, read(log.fileHandleForReading.fileDescriptor, buffer.baseAddress, buffer.count))
            }
            guard !part.isEmpty else { return String(decoding: text, as: UTF8.self) }
            text += part
        }
    }

    /// The resident memory that is not a file's, in KB.
    var memory: Int {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    /// Waits for the end of a process whose connection is gone; returns how it ended.
    func ending() -> String {
        let end = ContinuousClock.now + .seconds(2)
        while process.isRunning, .now < end { usleep(1000) }
        guard !process.isRunning else { return "it closed the connection and goes on" }
        return process.terminationReason == .exit
            ? "it exited with \(process.terminationStatus)" : "signal \(process.terminationStatus) ended it"
    }

    func stop() {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }
}
