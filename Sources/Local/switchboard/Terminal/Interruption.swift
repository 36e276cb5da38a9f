import ArgumentParser
import Foundation
import Synchronization

/// The handling of Ctrl-C and other signals: the first cancels the work, so that everything it started is ended in
/// order; a second ends at once.
enum Interruption {
    /// Read by the signal handler, so it is made before the handler is installed.
    private static let wakeUp: (read: Int32, write: Int32) = {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        return (ends[0], ends[1])
    }()

    /// Runs `work`; on SIGINT, SIGTERM or SIGHUP cancels it, waits for it, and exits with 128 and the signal's number.
    static func guarding(_ work: @escaping @Sendable () async throws -> Void) async throws {
        let received = Mutex<Int32?>(nil)
        let task = Task { try await work() }
        let ends = wakeUp
        Thread.detachNewThread {
            var number: UInt8 = 0
            while read(ends.read, &number, 1) == 1 {
                let second = received.withLock { first in
                    defer { first = first ?? Int32(number) }
                    return first != nil
                }
                // Remaining children are killed with this process: see ChildProcess.
                if second { _exit(128 + Int32(number)) }
                Terminal.say("\nStopping.")
                task.cancel()
            }
        }
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // A handler and not SIG_IGN: an ignored signal would stay ignored in the programs that this one starts.
            Foundation.signal(signal) { number in
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(Interruption.wakeUp.write, &byte, 1)
            }
        }
        let result = await task.result
        if let number = received.withLock({ $0 }) { throw ExitCode(128 + number) }
        try result.get()
    }
}
