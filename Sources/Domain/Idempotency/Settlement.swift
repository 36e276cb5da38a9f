import AWS
import Calling
import LambdaRuntime
import Logging
import Settings

/// Writes into the table what became of a claim.
///
/// Never fails: the message has gone out, or not, whatever the table says. A claim that cannot be changed blocks its
/// key until it expires, so that nothing is sent twice. Not cancelled with the invocation, for the same reason.
struct Settlement: Sendable {
    let once: SendOnce
    let key: IdempotencyKey
    let token: String
    let context: LambdaContext

    /// How long the table is asked again for the sake of a result.
    private static let patience = Duration.seconds(5)

    /// Remembers the receipt for 24 hours.
    func record(_ receipt: Receipt) async {
        let record = IdempotencyRecord(
            status: .sent(receipt), token: token, expiresAt: once.timing.second(after: SendOnce.resultSeconds))
        await settle(
            "The message was sent, but its result is not recorded: repeats fail until the claim expires, and are sent "
                + "again then.", .error
        ) { deadline throws(AWSError) in
            try await once.table.replace(key, with: record, deadline: deadline)
        }
    }

    /// Blocks the key for 300 seconds from now.
    func markUnknown() async {
        let record = IdempotencyRecord(
            status: .unknown, token: token, expiresAt: once.timing.second(after: SendOnce.claimSeconds))
        await settle("The unknown outcome is not recorded: the claim stands until it expires.", .warning) {
            deadline throws(AWSError) in
            try await once.table.replace(key, with: record, deadline: deadline)
        }
    }

    /// Gives the claim back: nothing was sent.
    func release() async {
        await settle("The claim is not released: repeats fail until it expires.", .warning) {
            deadline throws(AWSError) in
            try await once.table.release(key, token: token, deadline: deadline)
            return true
        }
    }

    /// Asks the table until it does, for as long as there is time.
    private func settle(
        _ consequence: String, _ level: Logger.Level,
        _ write: @escaping @Sendable (ContinuousClock.Instant) async throws(AWSError) -> Bool
    ) async {
        // An unstructured task is not cancelled with its parent.
        await Task {
            let deadline = min(context.deadline - .milliseconds(100), once.timing.instant() + Self.patience)
            var pause = Duration.milliseconds(50)
            while true {
                let failure: String
                do throws(AWSError) {
                    if try await write(deadline) { return }
                    context.logger.log(level: level, "\(consequence) Another invocation holds the key.")
                    return
                } catch {
                    failure = error.description
                }
                guard once.timing.instant() + pause < deadline, (try? await once.timing.sleep(pause)) != nil else {
                    context.logger.log(level: level, "\(consequence) \(failure)")
                    return
                }
                pause *= 2
            }
        }.value
    }
}
