import Foundation
import Synchronization

/// The processes of this machine, from /proc.
package enum Processes {
    /// Waits up to five seconds for all of them to be gone or dead.
    package static func haveEnded(_ identifiers: [Int32]) async -> Bool {
        await eventually { identifiers.allSatisfy { !isAlive($0) } }
    }

    /// Returns true for a process that exists and is not a zombie.
    package static func isAlive(_ identifier: Int32) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8) else { return false }
        let state = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].dropFirst(2).first
        return state != "Z" && state != "X"
    }

    /// Returns the processes whose command line or environment names a folder.
    package static func naming(_ folder: String) -> [Int32] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { Int32($0) }.filter { identifier in
            ["cmdline", "environ"].contains { file in
                let bytes = FileManager.default.contents(atPath: "/proc/\(identifier)/\(file)") ?? Data()
                return String(decoding: bytes, as: UTF8.self).contains(folder)
            }
        }
    }

    /// Returns the children of a process.
    package static func children(of identifier: Int32) -> [Int32] {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(identifier)/task")) ?? []
        return tasks.flatMap { task in
            let list = try? String(contentsOfFile: "/proc/\(identifier)/task/\(task)/children", encoding: .utf8)
            return (list ?? "").split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
        }
    }

    package static func eventually(_ condition: () -> Bool) async -> Bool {
        for _ in 0..<100 {
            if condition() { return true }
            try? await Task.sleep(for: .milliseconds(50))
        }
        return condition()
    }
}

/// Lines that were logged, from any task.
package final class Lines: Sendable {
    package init() {}

    private let lines = Mutex<[String]>([])

    package var all: [String] { lines.withLock { $0 } }

    package func append(_ line: String) {
        lines.withLock { $0.append(line) }
    }
}
