import AWS
import Calling
import Logging
import Settings

/// One invocation's claim on a key: acquired before the send, completed or released after it.
struct IdempotencyClaim: Sendable {
    /// The result of acquiring a claim.
    enum Acquisition: Sendable {
        /// The key is this invocation's: it sends.
        case acquired
        /// The message was sent before.
        case completed(Receipt)
    }

    let table: IdempotencyTable
    let timing: CallTiming
    let keeping: SendOnce.Keeping
    let key: IdempotencyKey
    /// The claimant's random token.
    let token: String
    /// The instant that acquiring ends by.
    let acquireDeadline: ContinuousClock.Instant
    /// The invocation's end.
    let deadline: ContinuousClock.Instant
    let logger: Logger

    private static let longestPause = Duration.milliseconds(400)

    /// Acquires the key, or waits for the invocation that holds it.
    func acquire() async throws(ClaimError) -> Acquisition {
        var pause = Duration.milliseconds(25)
        while true {
            let acquisition: IdempotencyTable.Acquisition
            do throws(AWSError) {
                acquisition = try await table.acquire(key, record(), now: timing.second, deadline: acquireDeadline)
            } catch {
                // Nothing is sent, so a claim that may have been written all the same must not stay.
                if error.outcome == .unknown || error.isServerFault { await release() }
                throw .refused(error)
            }
            guard case .held(let shown) = acquisition else { return .acquired }
            var held = if let shown { shown } else { try await read() }
            while let record = held, record.expiresAt > timing.second {
                guard record.content == nil || record.content == key.content else { throw .keyReused }
                switch record.status {
                case .sent(let receipt): return .completed(receipt)
                case .unknown: throw .unknownOutcome
                case .claimed(let end):
                    // Its invocation is over, and left no result: the process died.
                    guard timing.second <= end else { throw .unknownOutcome }
                }
                try await wait(&pause)
                held = try await read()
            }
            // Released, or expired: acquire it, unless another invocation is quicker again.
            try await wait(&pause)
        }
    }

    private func record() -> IdempotencyRecord {
        let left = deadline - timing.instant()
        return IdempotencyRecord(
            status: .claimed(deadline: timing.second(after: Int(left.components.seconds) + 1)), token: token,
            expiresAt: timing.second(after: keeping.claims), content: key.content)
    }

    private func read() async throws(ClaimError) -> IdempotencyRecord? {
        do throws(AWSError) {
            return try await table.read(key, deadline: acquireDeadline)
        } catch {
            throw .unreadable(error)
        }
    }

    /// Waits longer each time; throws when the deadline would pass.
    private func wait(_ pause: inout Duration) async throws(ClaimError) {
        guard timing.instant() + pause < acquireDeadline, (try? await timing.sleep(pause)) != nil else {
            throw .stillSending
        }
        pause = min(pause * 2, Self.longestPause)
    }
}

/// The end of a claim.
///
/// None of these fails: the message has gone out, or not, whatever the table says. A claim that cannot be changed blocks
/// its key until it expires, so that nothing is sent twice. None is cancelled with the invocation, for the same reason.
extension IdempotencyClaim {
    /// The time in which the table is asked again.
    private static let patience = Duration.seconds(5)

    /// Stores the receipt.
    func complete(_ receipt: Receipt) async {
        await replace(
            .sent(receipt), expiresAfter: keeping.results,
            "The message was sent, but its result is not recorded: repeats fail until the claim expires, and are sent "
                + "again then.", .error)
    }

    /// Blocks the key from now on, for as long as a claim does.
    func markUnknown() async {
        await replace(
            .unknown, expiresAfter: keeping.claims,
            "The unknown outcome is not recorded: the claim stands until it expires.", .warning)
    }

    /// Gives the claim back: nothing was sent.
    func release() async {
        await settle("The claim is not released: repeats fail until it expires.", .warning) {
            deadline throws(AWSError) in
            try await table.release(key, token: token, deadline: deadline)
            return true
        }
    }

    private func replace(
        _ status: IdempotencyRecord.Status, expiresAfter seconds: Int, _ consequence: String, _ level: Logger.Level
    ) async {
        let record = IdempotencyRecord(
            status: status, token: token, expiresAt: timing.second(after: seconds), content: key.content)
        await settle(consequence, level) { deadline throws(AWSError) in
            try await table.replace(key, with: record, deadline: deadline)
        }
    }

    /// Asks the table until it does, for as long as there is time, and when the task is cancelled as well.
    private func settle(
        _ consequence: String, _ level: Logger.Level,
        _ write: @escaping @Sendable (ContinuousClock.Instant) async throws(AWSError) -> Bool
    ) async {
        let end = min(deadline - .milliseconds(100), timing.instant() + Self.patience)
        if await isSettled(by: end, consequence, level, write) { return }
        // An unstructured task is not cancelled with its parent. It runs on the global executor, whose threads nothing else
        // needs, and so only then.
        await Task { _ = await isSettled(by: end, consequence, level, write) }.value
    }

    /// Returns false when the task was cancelled before the table was heard.
    private func isSettled(
        by end: ContinuousClock.Instant, _ consequence: String, _ level: Logger.Level,
        _ write: (ContinuousClock.Instant) async throws(AWSError) -> Bool
    ) async -> Bool {
        var pause = Duration.milliseconds(50)
        while !Task.isCancelled {
            let failure: String
            do throws(AWSError) {
                if try await write(end) { return true }
                logger.log(level: level, "\(consequence) Another invocation holds the key.")
                return true
            } catch {
                failure = error.description
            }
            if Task.isCancelled { return false }
            guard timing.instant() + pause < end else {
                logger.log(level: level, "\(consequence) \(failure)")
                return true
            }
            guard (try? await timing.sleep(pause)) != nil else { return false }
            pause *= 2
        }
        return false
    }
}

extension AWSError {
    /// A 5xx: DynamoDB may have failed after the write as well as before it.
    fileprivate var isServerFault: Bool { status.map { $0 >= 500 } ?? false }
}
