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

    private let process = Mutex<TestProcess?>(nil)
    private let stored = Mutex<[Reading]>([])

    package init() {}

    package var readings: [Reading] { stored.withLock(\.self) }

    package func watch(_ started: TestProcess) { process.withLock { $0 = started } }

    /// Waits for the process, and reads.
    package func read() {
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
