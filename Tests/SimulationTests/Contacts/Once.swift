import Synchronization

/// Something that happens once.
final class Once: Sendable {
    private let hasBeen = Atomic(false)

    /// True the first time that it is read.
    var isFirst: Bool { !hasBeen.exchange(true, ordering: .relaxed) }
}
