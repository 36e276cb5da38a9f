import AWSEvents
import CallRecords
import JSON
import LambdaRuntime
import Logging
import Salesforce

/// Completes the CRM's records when recordings and files of Contact Lens arrive.
///
/// Notifications repeat and come in any order: a record is written by its contact, and two files of one contact in a
/// batch become one row, since Salesforce would refuse both. What a row lacks stays as it is.
struct Arrivals: Sendable {
    let place: RecordingPlace
    let records: CallRecordStore
    /// Nil where `CONTACT_LENS` is `false`.
    let analyses: AnalysisStore?
    private let notice = RedactedNotice()

    init(place: RecordingPlace, records: CallRecordStore, analyses: AnalysisStore? = nil) {
        self.place = place
        self.records = records
        self.analyses = analyses
    }

    /// Returns the keys that a record is completed by, of all objects that were created.
    private func keys(_ created: [ObjectCreation], _ context: LambdaContext) -> [RecordingKey] {
        guard analyses != nil else { return created.compactMap(place.recording) }
        if created.contains(where: place.isIgnoredAsRedacted) { notice.tell(context.logger) }
        return created.compactMap { place.recording($0) ?? place.analysis($0) }
    }

    /// Completes the records of one S3 notification or EventBridge event; throws when any of them failed.
    func complete(_ event: S3Event, _ context: LambdaContext) async throws -> ArrivalOutput {
        let keys = self.keys(event.created, context)
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
        let keys = events.map { self.keys($0?.created ?? [], context) }
        let unreadable = Set(
            event.messages.indices.filter { events[$0].map { $0.unreadableCount > 0 } ?? true })
        let batch = await complete(keys.flatMap(\.self), unreadable: unreadable.count, context)
        let failed = event.messages.indices.filter { index in
            unreadable.contains(index)
                || keys[index].contains { batch.failed.contains($0.contact) || batch.unread.contains($0) }
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
                    "failed": .stringConvertible(
                        batch.failed.union(batch.unread.map(\.contact)).count + unreadable),
                ])
        }
        if !batch.codes.isEmpty {
            context.logger.error("Salesforce refused records: \(batch.codes.sorted().joined(separator: ", ")).")
        }
        if !batch.unreadFaults.isEmpty {
            let faults = batch.unreadFaults.sorted().prefix(3).joined(separator: " ")
            context.logger.error("\(batch.unread.count) files of Contact Lens come again. \(faults)")
        }
        return batch
    }
}

/// The response to S3 and EventBridge, who do not read it: for people who invoke the function.
struct ArrivalOutput: Encodable, Equatable {
    /// The number of contacts whose records were completed.
    let recordings: Int
}
