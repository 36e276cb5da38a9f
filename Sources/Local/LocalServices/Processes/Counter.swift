import Synchronization

/// A number that several tasks count up.
final class Counter: Sendable {
    private let value = Atomic(0)

    /// The new value.
    func increment() -> Int {
        value.add(1, ordering: .relaxed).newValue
    }
}
