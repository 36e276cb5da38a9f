package import JSON
import Settings

/// Inspection and control of the org, for tests and people.
extension SalesforceOrg {
    /// Every call since the start, except debug calls.
    package var requests: [RecordedRequest] { recorded }

    /// Returns the records of an object, oldest first.
    package func records(of object: String) -> [[String: JSONValue]] {
        store.records[object] ?? []
    }

    /// A record created by a call.
    package struct CreatedRecord: Sendable, Equatable {
        package let object: String
        package let fields: [String: JSONValue]
    }

    /// The records created since the start, by object, oldest first.
    package var created: [CreatedRecord] {
        store.records.keys.sorted().flatMap { object in
            // Records are only ever added behind the seeds.
            records(of: object).dropFirst(store.seeded[object] ?? 0).map { CreatedRecord(object: object, fields: $0) }
        }
    }

    /// Expires every token that a sign-in returned.
    package func expireTokens() {
        tokens = tokens.filter { $0.value.expires == nil }
    }

    /// Makes the next data calls whose path contains `path` fail; with `text` those alone whose URL or body contains it, and
    /// with `inComposite` calls within a composite.
    package func misbehave(
        _ fault: SalesforceFault, times: Int = 1, path: String = "", text: String = "", inComposite: Bool = false
    ) {
        faults.append(AwaitedFault(fault: fault, path: path, text: text, isInComposite: inComposite, times: times))
    }

    /// Makes every data call whose path contains `path` take that long at least, until the next reset.
    package func pace(_ milliseconds: Int, path: String = "") {
        paces[path] = milliseconds
    }

    /// Restores the seeds and removes everything else.
    package func reset() {
        store = SalesforceStore(configuration.records, configuration.additions, now: configuration.now())
        expireTokens()
        cursors = [:]
        faults = Self.faults(of: configuration)
        paces = Self.paces(of: configuration)
        recorded = []
        calls = 0
    }
}
