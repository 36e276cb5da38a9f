package import JSON
import Settings

/// What tests and people see, and what they can bring about.
extension SalesforceOrg {
    /// Every call since the start, debug calls left out.
    package var requests: [RecordedRequest] { recorded }

    /// The records of an object, oldest first.
    package func records(of object: String) -> [[String: JSONValue]] {
        store.records[object] ?? []
    }

    /// A record that a call made.
    package struct CreatedRecord: Sendable, Equatable {
        package let object: String
        package let fields: [String: JSONValue]
    }

    /// The records that were made since the start, by object, oldest first.
    package var created: [CreatedRecord] {
        store.records.keys.sorted().flatMap { object in
            // Records are only ever added behind the seeds.
            let seeds = [configuration.records] + configuration.additions.map(\.records)
            return records(of: object).dropFirst(seeds.reduce(0) { $0 + ($1[object]?.count ?? 0) })
                .map { CreatedRecord(object: object, fields: $0) }
        }
    }

    /// Ends every token that a sign-in gave.
    package func expireTokens() {
        tokens = tokens.filter { $0.value.expires == nil }
    }

    /// Lets the next data calls whose path holds `path` meet a fault.
    package func misbehave(_ fault: SalesforceFault, times: Int = 1, path: String = "") {
        faults.append(AwaitedFault(fault: fault, path: path, times: times))
    }

    /// Puts the seeds back and forgets everything else.
    package func reset() {
        store = SalesforceStore(configuration.records, configuration.additions, now: configuration.now())
        expireTokens()
        cursors = [:]
        faults = []
        recorded = []
        calls = 0
    }
}
