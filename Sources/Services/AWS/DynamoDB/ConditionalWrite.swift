/// The result of a write that may carry a condition.
package enum ConditionalWrite: Sendable, Equatable {
    /// Done.
    case written
    /// Not done, because the condition did not hold; `existing` is the item as it stands when that was asked for and
    /// there is one.
    case conditionFailed(existing: Item?)

    /// True when it was done.
    package var isWritten: Bool {
        self == .written
    }
}
