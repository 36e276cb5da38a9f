/// One line of an identity's history.
package struct AuditEntry: Sendable, Equatable {
    package enum Event: String, Sendable, CaseIterable {
        case userMade, begun, called, consented, declined, recordingEnrolled, recordingUnknown, enrolled, verified
        case failed, lockedOut, proofConsumed, proofExpired, confirmed, optedOut, voiceprintDeleted, voiceprintMissing
        case deleted
    }

    /// Milliseconds since 1970.
    package var at: Int
    package var event: Event
    /// The hash of the contact, number or call that caused it; empty when none was named.
    package var source: String

    /// The number of entries that stay with the identity; more are moved to an item of their own.
    static let kept = 20
    /// The lifetime of such an item: a year.
    static let retentionSeconds = 31_536_000
}
