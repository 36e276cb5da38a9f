package import AWS
package import Calling
package import Logging

/// Sends each message once, however often its caller repeats the request: every caller retries.
///
/// A conditional write claims the key before the message is sent. The result is stored for 24 hours, and repeats get
/// the first receipt; other content under a key that was given is refused. A definite refusal releases the claim. A send of unknown outcome, and the claim of a process that
/// died, block the key for 300 seconds; after that a repeat sends again.
package struct SendOnce: Sendable {
    /// The time for which a claim or an unknown outcome blocks its key, in seconds.
    package static let claimSeconds = 300
    /// The time for which a result is stored, in seconds: 24 hours.
    package static let resultSeconds = 86_400
    /// A send must end this long after its claim, in seconds, so that no claim expires under it.
    private static let longestSendSeconds = 240

    /// The times for which keys are kept, in seconds.
    package struct Keeping: Sendable {
        /// The time for which a claim or an unknown outcome blocks its key.
        package var claims: Int
        package var results: Int

        package init(claims: Int = SendOnce.claimSeconds, results: Int = SendOnce.resultSeconds) {
            self.claims = claims
            self.results = results
        }
    }

    let table: IdempotencyTable
    let timing: CallTiming
    let keeping: Keeping

    /// Takes the table by its name.
    package init(
        table: String, aws: AWSClient, timing: CallTiming = CallTiming(), keeping: Keeping = Keeping()
    ) {
        self.init(table: IdempotencyTable(name: table, client: DynamoDBClient(aws)), timing: timing, keeping: keeping)
    }

    package init(table: IdempotencyTable, timing: CallTiming = CallTiming(), keeping: Keeping = Keeping()) {
        self.table = table
        self.timing = timing
        self.keeping = keeping
    }

    /// Sends under `key` unless that has been done.
    ///
    /// `send` gets the instant it must have ended by, and is called at most once. Throws its error, or a `ClaimError`
    /// when the table fails, when the outcome of an earlier send is unknown, when another invocation is still sending
    /// at the deadline, or when the key was given for other content.
    ///
    /// - Parameters:
    ///   - callDeadline: The instant that calls must have ended by.
    ///   - deadline: The invocation's end, until which its result is written.
    package func callAsFunction<Failure: SendError>(
        _ key: IdempotencyKey, callDeadline: ContinuousClock.Instant, deadline: ContinuousClock.Instant, logger: Logger,
        send: (_ deadline: ContinuousClock.Instant) async throws(Failure) -> SendResult
    ) async throws(SendOnceError<Failure>) -> SendOutcome {
        // A share of the time is kept for recording what came of it.
        let reserve = min((callDeadline - timing.instant()) / 4, .milliseconds(500))
        let acquireDeadline = callDeadline - max(reserve, .zero)
        let claim = IdempotencyClaim(
            table: table, timing: timing, keeping: keeping, key: key, token: timing.token(),
            acquireDeadline: acquireDeadline, deadline: deadline, logger: logger)
        do throws(ClaimError) {
            if case .completed(let receipt) = try await claim.acquire() { return .duplicate(receipt) }
        } catch {
            throw .claim(error)
        }
        do throws(Failure) {
            switch try await send(min(acquireDeadline, timing.instant() + .seconds(Self.longestSendSeconds))) {
            case .sent(let receipt):
                await claim.complete(receipt)
                return .sent(receipt)
            case .withheld:
                await claim.release()
                return .withheld
            }
        } catch {
            if error.mayHaveBeenSent {
                await claim.markUnknown()
            } else {
                await claim.release()
            }
            throw .send(error)
        }
    }
}
