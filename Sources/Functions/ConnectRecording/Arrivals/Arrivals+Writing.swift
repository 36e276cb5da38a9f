import CallRecords
import LambdaRuntime
import Logging
import Salesforce

extension Arrivals {
    /// The number of calls to Salesforce at once: an org lets 25 run that take long, and others need them too.
    private static let breadth = 5
    /// The most bytes of strings in one call: a request may have 50 MB, and several are under way in a small memory.
    private static let largestCall = 4 << 20

    private typealias Outcome = Result<[SalesforceClient.RecordResult], SalesforceError>

    /// Writes the records of a batch, several collections at once; they have no record in common.
    ///
    /// There are no more calls at once than have come back: a session is opened by one alone, and a limit that is
    /// reached, or a Salesforce that is away, is noticed before many have been made. After that no call begins. Rows
    /// that another call held, as of two records of one account, are written again at the end, one call after the other.
    func write(_ batch: inout ArrivalBatch, _ context: LambdaContext) async {
        // Half of the time, so that what was read can be written, and recordings do not wait for S3.
        let readingEnd = ContinuousClock.now + (context.callDeadline - .now) / 2
        await withTaskGroup(of: (ArrivalBatch.Collection, Outcome).self) { group in
            var (running, ended) = (0, 0)
            while true {
                let most = min(Self.breadth, max(1, ended))
                while running < most,
                    let next = await self.collection(of: &batch, isBeside: most > 1, readBefore: readingEnd, context)
                {
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

    /// Takes contacts from the batch, reads their files, and returns the rows for one call; nil when none is left.
    ///
    /// One file is read after the other: two of the largest at once would not fit into a small function's memory.
    private func collection(
        of batch: inout ArrivalBatch, isBeside: Bool, readBefore deadline: ContinuousClock.Instant,
        _ context: LambdaContext
    ) async -> ArrivalBatch.Collection? {
        var rows: [ArrivalRow] = []
        var size = 0
        while rows.count < SalesforceClient.largestCollection, size < Self.largestCall,
            let files = batch.nextContact()
        {
            guard let row = await self.row(of: files, &batch, readBefore: deadline, context) else { continue }
            rows.append(row)
            size += row.size
        }
        return rows.isEmpty ? nil : batch.collection(of: rows, mayBeHeld: isBeside)
    }

    /// Returns what is to be written of a contact; nil when there is nothing.
    private func row(
        of files: ContactFiles, _ batch: inout ArrivalBatch, readBefore deadline: ContinuousClock.Instant,
        _ context: LambdaContext
    ) async -> ArrivalRow? {
        let others = files.recording.map { records.row($0) }
        for key in files.analyses {
            guard let analyses else { break }
            do throws(AnalysisFault) {
                if let end = batch.readingEnd { throw end }
                guard let found = try await analyses.analysis(key, deadline: deadline, context.logger) else { continue }
                let fields = (others ?? records.row(of: files.contact)).merging(found.fields) { $1 }
                return ArrivalRow(contact: files.contact, fields: fields, analysis: (key, others))
            } catch {
                batch.fail(key, error)
            }
        }
        return others.map { ArrivalRow(contact: files.contact, fields: $0) }
    }

    private func outcome(of collection: ArrivalBatch.Collection, _ context: LambdaContext) async -> Outcome {
        let call = SalesforceCall(deadline: context.callDeadline, logger: context.logger)
        do throws(SalesforceError) {
            return .success(try await records.complete(collection.rows.map(\.fields), call))
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
