/// The knowledge of a call that failed: whether the service may have done what was asked.
package enum Outcome: Sendable {
    /// A complete response says no: not done.
    case refused
    /// The connection never opened, or nothing was written to it: not done.
    case notSent
    /// The request was written, in part or in whole, and no whole, readable response came: perhaps done.
    case unknown
}
