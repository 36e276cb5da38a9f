import AWS
import AWSEvents
import Logging

/// The queue of records that can never be written.
struct DeadLetterQueue: Sendable {
    /// The number of messages at once.
    private static let breadth = 16

    let sqs: SQSClient

    /// Sends the letters, in order, until one fails: the first alone, since a queue that is away is so for all.
    ///
    /// Returns the number that were sent, and the record that comes again with those after it; nil when all were sent.
    func send(
        _ letters: [DeadLetter], deadline: ContinuousClock.Instant, logger: Logger
    ) async -> (sent: Int, failed: KinesisEvent.SequenceNumber?) {
        var rest = letters[...]
        var sent = 0
        var breadth = 1
        while !rest.isEmpty {
            let some = Array(rest.prefix(breadth))
            rest = rest.dropFirst(breadth)
            breadth = Self.breadth
            let failures = await withTaskGroup(of: (Int, AWSError?).self) { group in
                for (index, letter) in some.enumerated() {
                    group.addTask { (index, await failure(of: letter, deadline)) }
                }
                return await group.reduce(into: [Int: AWSError]()) { $0[$1.0] = $1.1 }
            }
            sent += some.count - failures.count
            if let first = failures.min(by: { $0.key < $1.key }) {
                logger.error("\(first.value) Records that cannot be written come again: see DEAD_LETTER_QUEUE_URL.")
                return (sent, some[first.key].source.sequenceNumber)
            }
        }
        return (sent, nil)
    }

    private func failure(of letter: DeadLetter, _ deadline: ContinuousClock.Instant) async -> AWSError? {
        do throws(AWSError) {
            _ = try await sqs.sendMessage(letter.text, deadline: deadline)
            return nil
        } catch {
            return error
        }
    }
}
