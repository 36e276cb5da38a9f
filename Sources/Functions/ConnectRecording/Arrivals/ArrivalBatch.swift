import CallRecords
import LambdaRuntime
import Salesforce

/// The recordings of one invocation: those still to be written, and the results of the rest.
struct ArrivalBatch {
    private var waiting: ArraySlice<RecordingKey>
    /// The number of contacts whose records were completed.
    private(set) var written = 0
    /// The contacts whose records were not completed.
    private(set) var failed: Set<ContactID> = []
    /// Salesforce's codes for single records that it refused, such as `STRING_TOO_LONG`.
    private(set) var codes: Set<String> = []
    /// The failure of the earliest collection that has one, whichever came back first.
    var error: FunctionError? { failures.min { $0.key < $1.key }?.value }

    /// The first failure of each collection.
    private var failures: [Int: FunctionError] = [:]
    private var collections = 0
    /// Recordings whose rows another request held, perhaps one of this batch's own.
    private var held: [RecordingKey] = []
    /// True when Salesforce takes no more calls for now.
    private var hasStopped = false

    /// The recordings of one call.
    struct Collection: Sendable {
        let keys: [RecordingKey]
        /// The place in the batch.
        let number: Int
        /// True when its rows are written again, should another request hold them.
        let mayBeHeld: Bool
    }

    /// Takes the preferred recording of each contact, whatever their order.
    init(_ keys: [RecordingKey]) {
        var chosen: [ContactID: RecordingKey] = [:]
        var contacts: [ContactID] = []
        for key in keys {
            if let other = chosen[key.contact] {
                if key.isPreferred(to: other) { chosen[key.contact] = key }
            } else {
                chosen[key.contact] = key
                contacts.append(key.contact)
            }
        }
        waiting = contacts.compactMap { chosen[$0] }[...]
    }

    /// Removes and returns the recordings for one call; nil when none is left.
    ///
    /// - Parameter isBeside: True when another call of the batch is under way, or may be before this one has ended.
    mutating func nextCollection(isBeside: Bool) -> Collection? {
        guard !waiting.isEmpty else { return nil }
        defer { waiting = waiting.dropFirst(SalesforceClient.largestCollection) }
        return collection(of: waiting, mayBeHeld: isBeside)
    }

    /// Removes and returns recordings to write again, once every other call has ended; nil when none is left.
    mutating func nextHeldCollection() -> Collection? {
        guard !hasStopped else {
            for key in held { refuse(key, "UNABLE_TO_LOCK_ROW", in: collections) }
            held = []
            return nil
        }
        guard !held.isEmpty else { return nil }
        defer { held.removeFirst(min(held.count, SalesforceClient.largestCollection)) }
        return collection(of: held[...], mayBeHeld: false)
    }

    private mutating func collection(of keys: ArraySlice<RecordingKey>, mayBeHeld: Bool) -> Collection {
        defer { collections += 1 }
        return Collection(
            keys: Array(keys.prefix(SalesforceClient.largestCollection)), number: collections, mayBeHeld: mayBeHeld)
    }

    /// Records the results of a collection, in its order.
    mutating func settle(_ collection: Collection, _ results: [SalesforceClient.RecordResult]) {
        for (key, result) in zip(collection.keys, results) {
            if result.success {
                written += 1
                continue
            }
            // Log only values that look like Salesforce error codes.
            let code = result.errors.first.flatMap { APIName($0.statusCode)?.text } ?? "UNKNOWN"
            if collection.mayBeHeld, code == "UNABLE_TO_LOCK_ROW" {
                held.append(key)
            } else {
                refuse(key, code, in: collection.number)
            }
        }
    }

    private mutating func refuse(_ key: RecordingKey, _ code: String, in number: Int) {
        failed.insert(key.contact)
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
        settle(collection.keys, failure, number: collection.number)
    }

    /// Records that keys failed together.
    ///
    /// A fault of one collection need not affect the next; but where Salesforce is at its limit, unavailable or out of
    /// reach, the rest is returned without a call.
    mutating func settle(_ keys: [RecordingKey], _ failure: SalesforceError, number: Int = 0) {
        failed.formUnion(keys.map(\.contact))
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
