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
    /// The first failure.
    private(set) var error: FunctionError?

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

    /// Removes and returns the keys for one call; nil when none is left.
    mutating func nextCollection() -> [RecordingKey]? {
        guard !waiting.isEmpty else { return nil }
        defer { waiting = waiting.dropFirst(SalesforceClient.largestCollection) }
        return Array(waiting.prefix(SalesforceClient.largestCollection))
    }

    /// Records the results of a collection, in its order.
    mutating func settle(_ keys: [RecordingKey], _ results: [SalesforceClient.RecordResult]) {
        for (key, result) in zip(keys, results) {
            if result.success {
                written += 1
                continue
            }
            failed.insert(key.contact)
            // Log only values that look like Salesforce error codes.
            let code = result.errors.first.flatMap { APIName($0.statusCode)?.text } ?? "UNKNOWN"
            codes.insert(code)
            let isPassing = SalesforceError.passingCodes.contains(code)
            error =
                error
                ?? FunctionError(
                    isPassing ? .serviceUnavailable : .recordRejected,
                    "Salesforce refused a recording's record: \(code)."
                        + (isPassing ? " Retry later." : " Check the object, its fields and the permission set."))
        }
    }

    /// Records that a collection failed as a whole.
    ///
    /// A fault of one collection need not affect the next; but where Salesforce is at its limit, unavailable or out of
    /// reach, the rest is returned without a call.
    mutating func settle(_ keys: [RecordingKey], _ failure: SalesforceError) {
        failed.formUnion(keys.map(\.contact))
        error = error ?? FunctionError(registering: failure)
        if failure.kind != .refused {
            failed.formUnion(waiting.map(\.contact))
            waiting = []
        }
    }
}
