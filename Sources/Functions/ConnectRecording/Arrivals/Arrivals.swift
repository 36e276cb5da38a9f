import AWSEvents
import CallRecords
import JSON
import LambdaRuntime
import Logging
import Salesforce

/// Completes the CRM's records when recordings arrive.
///
/// Notifications repeat and come in any order: a record is written by its contact, and two files of one contact in a
/// batch become one row, since Salesforce would refuse both.
struct Arrivals: Sendable {
    /// The number of calls to Salesforce at once: an org lets 25 run that take long, and others need them too.
    private static let breadth = 5

    let place: RecordingPlace
    let records: CallRecordStore

    /// Completes the records of one S3 notification or EventBridge event; throws when any of them failed.
    func complete(_ event: S3Event, _ context: LambdaContext) async throws -> ArrivalOutput {
        let keys = event.created.compactMap(place.recording)
        let batch = await complete(keys, unreadable: event.unreadableCount, context)
        if let error = batch.error { throw error }
        guard event.unreadableCount == 0 else {
            throw FunctionError(
                .invalidRequest,
                "\(event.unreadableCount) of the event's entries name no event, bucket or key, or are messages of SNS that "
                    + "are neither an S3 notification nor an event of EventBridge.")
        }
        return ArrivalOutput(recordings: batch.written)
    }

    /// Completes the records of all messages together; returns those that must be redelivered.
    ///
    /// A message that cannot be read fails alone.
    func complete(_ event: SQSEvent, _ context: LambdaContext) async -> SQSBatchResponse {
        let events = event.messages.map { message in
            (try? JSONValue(parsing: Array(message.body.utf8))).flatMap { S3Event($0) }
        }
        let keys = events.map { ($0?.created ?? []).compactMap(place.recording) }
        let unreadable = Set(
            event.messages.indices.filter { events[$0].map { $0.unreadableCount > 0 } ?? true })
        let batch = await complete(keys.flatMap(\.self), unreadable: unreadable.count, context)
        let failed = event.messages.indices.filter { index in
            unreadable.contains(index) || keys[index].contains { batch.failed.contains($0.contact) }
        }
        if !unreadable.isEmpty {
            let shapes = Set(
                unreadable.sorted().prefix(10).map { RecordingEvent.shape(ofBody: event.messages[$0].body) })
            let seen = shapes.sorted().prefix(3).joined(separator: "; ")
            context.logger.error(
                "\(unreadable.count) messages are neither an S3 notification nor an event of EventBridge: \(seen).")
        }
        return SQSBatchResponse(failed: failed.map { event.messages[$0] })
    }

    /// - Parameter unreadable: The number of entries or messages without a key, which count as failed in the log.
    private func complete(
        _ keys: [RecordingKey], unreadable: Int, _ context: LambdaContext
    ) async -> ArrivalBatch {
        var batch = ArrivalBatch(keys)
        await write(&batch, context)
        if !keys.isEmpty || unreadable > 0 {
            context.logger.info(
                "Recordings arrived",
                metadata: [
                    "metric": "RecordingsArrived", "written": .stringConvertible(batch.written),
                    "failed": .stringConvertible(batch.failed.count + unreadable),
                ])
        }
        if !batch.codes.isEmpty {
            context.logger.error("Salesforce refused records: \(batch.codes.sorted().joined(separator: ", ")).")
        }
        return batch
    }
}

extension Arrivals {
    private typealias Outcome = Result<[SalesforceClient.RecordResult], SalesforceError>

    /// Writes the records of a batch, several collections at once; they have no record in common.
    ///
    /// There are no more calls at once than have come back: a session is opened by one alone, and a limit that is
    /// reached, or a Salesforce that is away, is noticed before many have been made. After that no call begins. Rows
    /// that another call held, as of two records of one account, are written again at the end, one call after the other.
    private func write(_ batch: inout ArrivalBatch, _ context: LambdaContext) async {
        await withTaskGroup(of: (ArrivalBatch.Collection, Outcome).self) { group in
            var (running, ended) = (0, 0)
            while true {
                let most = min(Self.breadth, max(1, ended))
                while running < most, let next = batch.nextCollection(isBeside: most > 1) {
                    running += 1
                    group.addTask { (next, await outcome(of: next, context)) }
                }
                guard let (collection, outcome) = await group.next() else { break }
                running -= 1
                ended += 1
                Self.settle(collection, outcome, &batch, context)
            }
        }
        while let again = batch.nextHeldCollection() {
            Self.settle(again, await outcome(of: again, context), &batch, context)
        }
    }

    private func outcome(of collection: ArrivalBatch.Collection, _ context: LambdaContext) async -> Outcome {
        let call = SalesforceCall(deadline: context.callDeadline, logger: context.logger)
        do throws(SalesforceError) {
            return .success(try await records.complete(collection.keys.map(records.row), call))
        } catch {
            return .failure(error)
        }
    }

    private static func settle(
        _ collection: ArrivalBatch.Collection, _ outcome: Outcome, _ batch: inout ArrivalBatch, _ context: LambdaContext
    ) {
        switch outcome {
        case .success(let results): batch.settle(collection, results)
        case .failure(let error):
            context.logger.warning("\(error)")
            batch.settle(collection, error)
        }
    }
}

/// The response to S3 and EventBridge, who do not read it: for people who invoke the function.
struct ArrivalOutput: Encodable, Equatable {
    /// The number of contacts whose records were completed.
    let recordings: Int
}
