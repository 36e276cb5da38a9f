import CallRecords
import LambdaRuntime
import Salesforce

/// The files of one invocation: those still to be written, and the results of the rest.
struct ArrivalBatch {
    private var waiting: ArraySlice<ContactFiles>
    /// The number of contacts whose records were completed.
    private(set) var written = 0
    /// The contacts whose records were not completed.
    private(set) var failed: Set<ContactID> = []
    /// The files of Contact Lens that could not be read or written; what else there is of their contacts is written all the same.
    private(set) var unread: Set<RecordingKey> = []
    /// The faults of those files.
    private(set) var unreadFaults: Set<String> = []
    /// The fault that ended the reading of files.
    private(set) var readingEnd: AnalysisFault?
    /// Salesforce's codes for single records that it refused, such as `STRING_TOO_LONG`.
    private(set) var codes: Set<String> = []
    /// The failure of the earliest collection that has one, whichever came back first.
    var error: FunctionError? { failures.min { $0.key < $1.key }?.value }

    /// The first failure of each collection.
    private var failures: [Int: FunctionError] = [:]
    private var collections = 0
    /// The rows to write once more: another request held them, perhaps one of this batch's own, or they were refused for
    /// what Contact Lens says.
    private var held: [ArrivalRow] = []
    /// True when Salesforce takes no more calls for now.
    private var hasStopped = false

    /// The rows of one call.
    struct Collection: Sendable {
        let rows: [ArrivalRow]
        /// The place in the batch.
        let number: Int
        /// True when its rows are written again, should another request hold them.
        let mayBeHeld: Bool
    }

    /// Takes the files of each contact, of several recordings the preferred one, whatever their order.
    init(_ keys: [RecordingKey]) {
        waiting = ContactFiles.all(of: keys)[...]
    }

    /// Removes and returns the files of the next contact; nil when none is left.
    mutating func nextContact() -> ContactFiles? { waiting.popFirst() }

    /// Returns rows as a call of the batch, at most `SalesforceClient.largestCollection`.
    ///
    /// - Parameter mayBeHeld: True when another call of the batch is under way, or may be before this one has ended.
    mutating func collection(of rows: some Sequence<ArrivalRow>, mayBeHeld: Bool) -> Collection {
        defer { collections += 1 }
        return Collection(
            rows: Array(rows.prefix(SalesforceClient.largestCollection)), number: collections, mayBeHeld: mayBeHeld)
    }

    /// Records that a file cannot be used.
    mutating func fail(_ key: RecordingKey, _ fault: AnalysisFault) {
        unread.insert(key)
        unreadFaults.insert(fault.description)
        if fault.holdsForAll { readingEnd = readingEnd ?? fault }
        switch fault {
        case .unread: fail(collections, FunctionError(.serviceUnavailable, "\(fault) Retry later."))
        case .unknownFields: fail(collections, FunctionError(.recordRejected, "\(fault)"))
        case .notJSON, .otherContact: fail(collections, FunctionError(.invalidRequest, "\(fault)"))
        }
    }

    /// Removes and returns rows to write again, once every other call has ended; nil when none is left.
    mutating func nextHeldCollection() -> Collection? {
        guard !hasStopped else {
            for row in held { refuse(row, "UNABLE_TO_LOCK_ROW", in: collections) }
            held = []
            return nil
        }
        guard !held.isEmpty else { return nil }
        defer { held.removeFirst(min(held.count, SalesforceClient.largestCollection)) }
        return collection(of: held, mayBeHeld: false)
    }

    /// Records the results of a collection, in its order.
    mutating func settle(_ collection: Collection, _ results: [SalesforceClient.RecordResult]) {
        for (row, result) in zip(collection.rows, results) {
            if result.success {
                written += 1
                continue
            }
            // Log only values that look like Salesforce error codes.
            let code = result.errors.first.flatMap { APIName($0.statusCode)?.text } ?? "UNKNOWN"
            if collection.mayBeHeld, code == "UNABLE_TO_LOCK_ROW" {
                held.append(row)
            } else if Self.fieldCodes.contains(code), row.analysis != nil {
                // Fields that are seen, and not to be written.
                withdrawAnalysis(from: row)
            } else {
                refuse(row, code, in: collection.number)
            }
        }
    }

    private mutating func refuse(_ row: ArrivalRow, _ code: String, in number: Int) {
        failed.insert(row.contact)
        codes.insert(code)
        let isPassing = SalesforceError.passingCodes.contains(code)
        fail(
            number,
            FunctionError(
                isPassing ? .serviceUnavailable : .recordRejected,
                "Salesforce refused a recording's record: \(code)."
                    + (isPassing ? " Retry later." : " Check the object, its fields and the permission set.")))
    }

    /// Records that a collection failed as a whole.
    mutating func settle(_ collection: Collection, _ failure: SalesforceError) {
        if failure.kind == .refused, Self.fieldCodes.contains(failure.code),
            collection.rows.contains(where: { $0.analysis != nil })
        {
            return withdrawAnalyses(from: collection)
        }
        settle(collection.rows.map(\.contact), failure, number: collection.number)
    }

    /// Has the rows of a collection written once more without what Contact Lens says: Salesforce refuses a collection as a
    /// whole for a field that it does not have, and a recording must not be lost for it.
    private mutating func withdrawAnalyses(from collection: Collection) {
        for row in collection.rows { withdrawAnalysis(from: row) }
    }

    private mutating func withdrawAnalysis(from row: ArrivalRow) {
        guard let analysis = row.analysis else { return held.append(row) }
        fail(analysis.key, .unknownFields)
        if let others = analysis.others { held.append(ArrivalRow(contact: row.contact, fields: others)) }
    }

    /// Refusals for fields that the org lacks, hides, or lets the user read alone.
    private static let fieldCodes: Set<String> = ["INVALID_FIELD", "INVALID_FIELD_FOR_INSERT_UPDATE"]

    /// Records that contacts failed together.
    ///
    /// A fault of one collection need not affect the next; but where Salesforce is at its limit, unavailable or out of
    /// reach, the rest is returned without a call.
    mutating func settle(_ contacts: [ContactID], _ failure: SalesforceError, number: Int = 0) {
        failed.formUnion(contacts)
        fail(number, FunctionError(registering: failure))
        if failure.kind != .refused {
            hasStopped = true
            failed.formUnion(waiting.map(\.contact))
            waiting = []
        }
    }

    private mutating func fail(_ number: Int, _ failure: FunctionError) {
        failures[number] = failures[number] ?? failure
    }
}
