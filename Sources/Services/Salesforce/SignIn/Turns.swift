import Synchronization

/// Turns by key: a task that takes one waits until every earlier one of the same key has been given back.
///
/// A task that holds a turn must give it back within a deadline of its own. Lambda gives a process one request at a
/// time: only calls that one request makes side by side ever wait here.
final class Turns: Sendable {
    /// The tasks that wait, by the keys that are taken.
    private let waiting = Mutex<[[UInt8]: [CheckedContinuation<Void, Never>]]>([:])

    nonisolated(nonsending) func take(_ key: [UInt8]) async {
        await withCheckedContinuation { continuation in
            let isFree = waiting.withLock { waiting in
                guard waiting[key] == nil else {
                    waiting[key]?.append(continuation)
                    return false
                }
                waiting[key] = []
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    func giveBack(_ key: [UInt8]) {
        let next = waiting.withLock { waiting in
            guard var others = waiting[key], !others.isEmpty else {
                waiting[key] = nil
                return nil as CheckedContinuation<Void, Never>?
            }
            let first = others.removeFirst()
            waiting[key] = others
            return first
        }
        next?.resume()
    }
}
