import Foundation
import Synchronization

/// The CPU time and the memory of a process, read each time that it asks for an event.
package final class ProcessMeter: Sendable {
    package struct Reading: Sendable {
        /// The CPU time so far.
        package let milliseconds: Double
        /// The resident memory, and the most that it has been, in KB.
        package let memory: Int
        package let peak: Int
    }

    /// The run of a bootstrap on events: what it answered, and the readings, the first of which is before the first event.
    package struct Run: Sendable {
        package let answers: [ScriptedServer.Request]
        package let readings: [Reading]
        /// The end of its log.
        package let log: String
    }

    /// Starts a built function, gives it the events one after the other, and reads it each time that it asks for one.
    package static func run(
        _ function: String, environment: [String: String], on events: [RuntimeAPIScript.Event]
    ) async throws -> Run {
        let script = RuntimeAPIScript(events)
        let meter = ProcessMeter()
        let server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                guard request.method == "GET" else {
                    try connection.answer(.init(status: 202, "{}"))
                    continue
                }
                meter.read()
                guard let event = script.nextEvent() else { return }
                try connection.answer(event.answer)
            }
        }
        let process = try TestProcess(
            TestProcess.bootstrap(function),
            environment: environment.merging(["AWS_LAMBDA_RUNTIME_API": server.authority]) { $1 })
        meter.watch(process)
        _ = try await process.status()
        return Run(
            answers: server.requests.filter { $0.method == "POST" }, readings: meter.stored.withLock(\.self),
            log: String(process.errorOutput.suffix(500)))
    }

    private let process = Mutex<TestProcess?>(nil)
    private let stored = Mutex<[Reading]>([])

    private init() {}

    private func watch(_ started: TestProcess) { process.withLock { $0 = started } }

    /// Waits for the process, and reads.
    private func read() {
        var watched = process.withLock(\.self)
        while watched == nil {
            usleep(1000)
            watched = process.withLock(\.self)
        }
        guard let watched else { return }
        let folder = "/proc/\(watched.processID)/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let nanoseconds = threads.compactMap { thread in
            (try? String(contentsOfFile: "\(folder)/\(thread)/schedstat", encoding: .utf8))?
                .split(separator: " ").first.flatMap { Double($0) }
        }
        let reading = Reading(
            milliseconds: nanoseconds.reduce(0, +) / 1e6, memory: watched.memory("VmRSS") ?? 0,
            peak: watched.memory("VmHWM") ?? 0)
        stored.withLock { $0.append(reading) }
    }
}
