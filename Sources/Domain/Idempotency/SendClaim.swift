import AWS
import Calling
import LambdaRuntime
import Settings

/// Claims a key, or waits for whoever has claimed it.
struct SendClaim {
    let once: SendOnce
    let key: IdempotencyKey
    let token: String
    let context: LambdaContext
    let deadline: ContinuousClock.Instant

    private static let longestPause = Duration.milliseconds(400)

    /// Returns nil once the key is ours, or the receipt when the message turns out to have been sent.
    ///
    /// Of its failures, all but a table that does not take the claim leave open what an earlier attempt did.
    func make(_ settlement: Settlement) async throws(SendFailure) -> Receipt? {
        var pause = Duration.milliseconds(25)
        while true {
            let now = once.timing.second
            let claim: IdempotencyTable.Claim
            do throws(AWSError) {
                claim = try await once.table.claim(key, record(), now: now, deadline: deadline)
            } catch {
                // Nothing is sent, so a claim that may have been written all the same must not stay.
                if error.outcome == .unknown || error.isServerFault { await settlement.release() }
                throw SendFailure(unavailable(error), mayHaveBeenSent: false)
            }
            guard case .standing(let shown) = claim else { return nil }
            var standing = if let shown { shown } else { try await read() }
            while let record = standing, record.expiresAt > once.timing.second {
                switch record.status {
                case .sent(let receipt): return receipt
                case .unknown: throw Self.unknownOutcome
                case .claimed(let end):
                    // Its invocation is over, and left no result: the process died.
                    guard once.timing.second <= end else { throw Self.unknownOutcome }
                }
                try await wait(&pause)
                standing = try await read()
            }
            // Released, or expired: claim it, unless somebody else is quicker again.
            try await wait(&pause)
        }
    }

    private func record() -> IdempotencyRecord {
        let left = context.deadline - once.timing.instant()
        return IdempotencyRecord(
            status: .claimed(deadline: once.timing.second(after: Int(left.components.seconds) + 1)), token: token,
            expiresAt: once.timing.second(after: SendOnce.claimSeconds))
    }

    private func read() async throws(SendFailure) -> IdempotencyRecord? {
        do throws(AWSError) {
            return try await once.table.read(key, deadline: deadline)
        } catch {
            throw SendFailure(unavailable(error), mayHaveBeenSent: true)
        }
    }

    /// Waits longer each time; throws when the deadline would pass.
    private func wait(_ pause: inout Duration) async throws(SendFailure) {
        guard once.timing.instant() + pause < deadline, (try? await once.timing.sleep(pause)) != nil else {
            throw Self.stillSending
        }
        pause = min(pause * 2, Self.longestPause)
    }

    private func unavailable(_ error: AWSError) -> FunctionError {
        FunctionError(
            .serviceUnavailable, "\(error.description) Nothing was sent, because IDEMPOTENCY_TABLE failed.")
    }

    private static let unknownOutcome = SendFailure(
        FunctionError(
            .serviceUnavailable,
            "Whether an earlier attempt under this key was sent is unknown: nothing is sent under it for "
                + "\(SendOnce.claimSeconds) seconds."), mayHaveBeenSent: true)

    private static let stillSending = SendFailure(
        FunctionError(
            .serviceUnavailable, "Another invocation is still sending this message: retry later."),
        mayHaveBeenSent: true)
}

extension AWSError {
    /// A 5xx: DynamoDB may have failed after the write as well as before it.
    fileprivate var isServerFault: Bool { status.map { $0 >= 500 } ?? false }
}
