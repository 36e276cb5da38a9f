import Synchronization

/// A number that several tasks increment.
final class Counter: Sendable {
    private let value = Atomic(0)

    /// The new value.
    func increment() -> Int {
        value.add(1, ordering: .relaxed).newValue
    }
}
