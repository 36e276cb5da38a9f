/// The permission to send a request again when nobody knows whether the service has carried it out.
package enum Repetition: Sendable {
    /// Carrying it out twice ends the same: sent again after an unknown outcome.
    case idempotent
    /// Carrying it out twice does harm, such as a second message: fails after an unknown outcome.
    case once

    /// Returns true when the request may be sent again after a try with that outcome.
    package func allows(anotherTryAfter outcome: Outcome) -> Bool {
        outcome != .unknown || self == .idempotent
    }
}
