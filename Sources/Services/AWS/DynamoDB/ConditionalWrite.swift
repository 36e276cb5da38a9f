/// The result of a write that may carry a condition.
package enum ConditionalWrite: Sendable, Equatable {
    /// Done. For an update or a deletion that asked for them, the item's attributes.
    case written(Item)
    /// Not done, because the condition did not hold; `existing` is the item as it stands when that was asked for and
    /// there is one.
    case conditionFailed(existing: Item?)

    /// True when it was done.
    package var isWritten: Bool {
        if case .written = self { true } else { false }
    }
}

/// Which attributes an update or a deletion returns. "ReturnValues" in the Amazon DynamoDB API Reference.
package enum ReturnValues: String, Sendable {
    case none = "NONE"
    case allOld = "ALL_OLD"
    /// Updates only.
    case allNew = "ALL_NEW"
}
