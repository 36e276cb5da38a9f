package import Calling
package import LambdaRuntime

/// Sends each message once, however often its caller asks: every caller retries.
///
/// A conditional write claims the key before anything is sent. What was sent is remembered for 24 hours, and its
/// repeats get the first receipt. A definite refusal gives the claim back. A send of unknown outcome, and a claim left
/// by a process that died, blocks the key for 300 seconds; after that a repeat sends afresh.
package struct SendOnce: Sendable {
    /// How long a claim or an unknown outcome blocks its key, in seconds.
    package static let claimSeconds = 300
    /// How long a result is remembered, in seconds: 24 hours.
    package static let resultSeconds = 86_400
    /// A send must end this long after its claim, in seconds, so that no claim expires under it.
    private static let longestSendSeconds = 240

    let table: IdempotencyTable
    let timing: CallTiming

    package init(table: IdempotencyTable, timing: CallTiming = CallTiming()) {
        self.table = table
        self.timing = timing
    }

    /// Sends under `key` unless that has been done.
    ///
    /// `send` gets the instant it must have ended by, and is called at most once. Throws what `send` threw, or
    /// `Function.ServiceUnavailable` when the table fails, when the outcome of an earlier send is unknown, or when
    /// another invocation is still sending at the deadline.
    package func callAsFunction(
        _ key: IdempotencyKey, context: LambdaContext,
        send: (_ deadline: ContinuousClock.Instant) async throws(SendFailure) -> SendResult
    ) async throws(FunctionError) -> SendOutcome {
        do throws(SendFailure) {
            return try await attempt(key, context: context, send: send)
        } catch {
            throw error.error
        }
    }

    /// As calling it, for who must know whether a failure leaves open that something was sent: a table that does not
    /// take the claim means that nothing was.
    package func attempt(
        _ key: IdempotencyKey, context: LambdaContext,
        send: (_ deadline: ContinuousClock.Instant) async throws(SendFailure) -> SendResult
    ) async throws(SendFailure) -> SendOutcome {
        // A share of the time is kept for recording what came of it.
        let reserve = min((context.callDeadline - timing.instant()) / 4, .milliseconds(500))
        let deadline = context.callDeadline - max(reserve, .zero)
        let token = timing.token()
        let settlement = Settlement(once: self, key: key, token: token, context: context)
        let claim = SendClaim(once: self, key: key, token: token, context: context, deadline: deadline)
        if let receipt = try await claim.make(settlement) {
            return .duplicate(receipt)
        }
        let sendDeadline = min(deadline, timing.instant() + .seconds(Self.longestSendSeconds))
        do throws(SendFailure) {
            switch try await send(sendDeadline) {
            case .sent(let receipt):
                await settlement.record(receipt)
                return .sent(receipt)
            case .withheld:
                await settlement.release()
                return .withheld
            }
        } catch {
            if error.mayHaveBeenSent {
                await settlement.markUnknown()
            } else {
                await settlement.release()
            }
            throw error
        }
    }
}
