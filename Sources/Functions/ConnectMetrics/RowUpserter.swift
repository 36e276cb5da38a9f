import Logging
import Salesforce

/// Writes rows of one object by their external id, in collections of 200.
///
/// A row that another request holds is sent once more; one that is refused for good is a line at ERROR, and holds nothing
/// back.
struct RowUpserter: Sendable {
    /// A row: its external id's value, and its fields with that.
    struct Row: Sendable {
        let key: String
        let fields: [APIName: FieldValue]
    }

    /// The ends of rows.
    struct Tally: Sendable {
        /// The keys of the rows that Salesforce took.
        var written: Set<String> = []
        /// The code of a row that Salesforce could not take this time; nil when there is none.
        var untaken: String?
        /// The failure of a whole request; nothing was asked after it.
        var failure: SalesforceError?

        mutating func add(_ other: Tally) {
            written.formUnion(other.written)
            untaken = untaken ?? other.untaken
            failure = failure ?? other.failure
        }
    }

    /// The number of requests at once.
    private static let breadth = 4

    let object: APIName
    let key: APIName
    let crm: SalesforceClient
    let call: SalesforceCall
    let logger: Logger

    /// Writes the rows, whose keys must be different ones.
    func write(_ rows: [Row]) async -> Tally {
        var (tally, locked) = await send(rows)
        guard !locked.isEmpty, tally.failure == nil else { return tally }
        let (second, still) = await send(locked.map(\.row))
        tally.add(second)
        tally.untaken = tally.untaken ?? still.first?.code
        return tally
    }

    private struct Locked: Sendable {
        let row: Row
        let code: String
    }

    private func send(_ rows: [Row]) async -> (Tally, [Locked]) {
        let collections = rows.chunks(of: SalesforceClient.largestCollection)
        var tally = Tally()
        var locked: [Locked] = []
        // One alone, which is what nearly every run writes, takes no task of its own.
        guard collections.count > 1 else {
            for collection in collections { (tally, locked) = await send(collection: collection) }
            return (tally, locked)
        }
        await withTaskGroup(of: (Tally, [Locked]).self) { group in
            var rest = collections[...]
            func start() {
                guard let next = rest.popFirst() else { return }
                group.addTask { await send(collection: next) }
            }
            for _ in 0..<Self.breadth { start() }
            while let (one, held) = await group.next() {
                tally.add(one)
                locked += held
                if tally.failure == nil { start() }
            }
        }
        return (tally, locked)
    }

    private func send(collection rows: [Row]) async -> (Tally, [Locked]) {
        var tally = Tally()
        var locked: [Locked] = []
        let results: [SalesforceClient.RecordResult]
        do throws(SalesforceError) {
            results = try await crm.upsert(object, by: key, rows.map(\.fields), call)
        } catch {
            tally.failure = error
            return (tally, locked)
        }
        for (row, result) in zip(rows, results) {
            switch result.verdict(externalID: key) {
            case .written: tally.written.insert(row.key)
            case .locked(let code): locked.append(Locked(row: row, code: code))
            case .passing(let code): tally.untaken = tally.untaken ?? code
            // No rule of these objects calls a row stale.
            case .stale: refuse(row, "")
            case .refused(let code): refuse(row, code)
            }
        }
        return (tally, locked)
    }

    private func refuse(_ row: Row, _ code: String) {
        logger.error("Salesforce refused the row \(row.key): \(code.isEmpty ? "no code" : code).")
    }
}
