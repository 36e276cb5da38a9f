import Synchronization

/// The versions of what pages show beside the timeline, such as the call: each change is told to every page.
///
/// A page learns that something has changed, and fetches what it is: nothing is kept for a page that is slow.
package final class ConsoleSignals: Sendable {
    private struct State {
        var versions: [String: Int] = [:]
        var readers: [Int: AsyncStream<Void>.Continuation] = [:]
        var count = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Tells every page that the thing of that name has changed.
    package func changed(_ name: String) {
        let readers = state.withLock { state in
            state.versions[name, default: 0] += 1
            return Array(state.readers.values)
        }
        for reader in readers { reader.yield() }
    }

    /// The versions by name.
    package var versions: [String: Int] { state.withLock { $0.versions } }

    /// Returns a stream with an element after one or more changes.
    func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.count += 1
            state.readers[state.count] = continuation
            return state.count
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.readers.removeValue(forKey: id) }
        }
        return stream
    }

    /// The number of pages that listen.
    package var readerCount: Int { state.withLock { $0.readers.count } }
}
