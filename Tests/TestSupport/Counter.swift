import Synchronization

/// A count that several threads increment.
package final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    package init() {}

    package var value: Int { count.load(ordering: .sequentiallyConsistent) }

    /// Adds one; returns the new count.
    @discardableResult
    package func increment() -> Int {
        count.add(1, ordering: .sequentiallyConsistent).newValue
    }
}
