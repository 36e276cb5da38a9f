import Synchronization

/// The ids that a sink was given.
final class Recorded: Sendable {
    private let list = Mutex<[Int]>([])

    var ids: [Int] { list.withLock { $0 } }

    func add(_ id: Int) {
        list.withLock { $0.append(id) }
    }
}
