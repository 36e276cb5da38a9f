/// The permission to send a request again when nobody knows whether the service has carried it out.
package enum Repetition: Sendable {
    /// Carrying it out twice ends the same: sent again after an unknown outcome.
    case idempotent
    /// Carrying it out twice does harm, such as a second message: fails after an unknown outcome.
    case once
}
