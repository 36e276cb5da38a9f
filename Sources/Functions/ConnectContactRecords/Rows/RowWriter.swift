import Salesforce

/// Writes rows of one object by `Contact_Id__c`, in collections, and sends those again that may succeed then.
struct RowWriter {
    /// The end of a row.
    enum Ending: Sendable, Equatable {
        case written
        /// The org has a newer record.
        case stale
        /// The row is another's by now, and is left to them.
        case skipped
        case refused(code: String)
        case again
    }

    let object: APIName
    let knowledge: Knowledge
    /// The requests that are left to others when a collection has to be sent in parts.
    let reserve: Int
    /// The endings, by the place of the row's contact.
    private(set) var endings: [Int: Ending] = [:]
    /// Rows to send once more, after all the others.
    private var waiting: [Row] = []

    private var isOfTasks: Bool { object == TaskRow.object }

    init(_ object: APIName, _ knowledge: Knowledge, reserve: Int) {
        self.object = object
        self.knowledge = knowledge
        self.reserve = reserve
    }

    /// Writes the rows; afterwards each has an ending.
    mutating func write(_ rows: [Row], _ road: inout Road) async {
        await send(all: rows, &road)
        while !waiting.isEmpty {
            let rows = waiting
            waiting = []
            await send(all: rows, &road)
        }
    }

    private mutating func send(all rows: [Row], _ road: inout Road) async {
        var rest = rows[...]
        while !rest.isEmpty {
            await send(Array(rest.prefix(SalesforceClient.largestCollection)), &road)
            rest = rest.dropFirst(SalesforceClient.largestCollection)
        }
    }

    /// A row of a collection that is sent without its attributes, since its column was named, and the row as it was.
    private struct Repair {
        let place: Int
        let original: Row
    }

    /// Sends a collection. Returns false when Salesforce could not read it, whatever became of its rows after that.
    @discardableResult
    private mutating func send(_ rows: [Row], after repair: Repair? = nil, _ road: inout Road) async -> Bool {
        guard !rows.isEmpty else { return true }
        guard !road.isClosed else {
            end(rows, .again)
            return true
        }
        let fields = isOfTasks ? rows.map { knowledge.fields($0.fields) } : rows.map(\.fields)
        let failure: SalesforceError
        do throws(SalesforceError) {
            let results = try await road.crm.upsert(object, by: CallRow.contactField, fields, road.call)
            for (row, result) in zip(rows, results) { settle(row, result, &road) }
            return true
        } catch {
            failure = error
        }
        if failure.isUnreadableBody {
            await send(unreadable: rows, at: failure.record, after: repair, &road)
            return false
        }
        if isOfTasks, knowledge.learn(from: failure) { return await send(rows, after: repair, &road) }
        road.close(failure)
        end(rows, .again)
        return true
    }

    /// Sends rows again whose collection Salesforce could not read: without the attributes of the one that it named, then
    /// in parts, one of which it can read.
    private mutating func send(
        unreadable rows: [Row], at place: Int?, after repair: Repair?, _ road: inout Road
    ) async {
        guard rows.count > 1 else { return await send(alone: rows[0], &road) }
        if repair == nil, road.remaining - reserve >= Self.forHalves, let place, rows.indices.contains(place),
            rows[place].hasAttributes
        {
            var repaired = rows
            repaired[place] = rows[place].withoutAttributes
            road.note(dropped: rows[place].attributeFields)
            await send(repaired, after: Repair(place: place, original: rows[place]), &road)
            return
        }
        var rows = rows
        // A reader that came further had no quarrel with the row before; otherwise the column was another thing's.
        if let repair, place.map({ $0 <= repair.place }) ?? true { rows[repair.place] = repair.original }
        await divide(rows, &road)
    }

    /// The requests from which on a half may be tried: after it three remain, which bring the first row to its end.
    private static let forHalves = 4

    /// Sends rows in parts that together cannot be read: halves, and smaller first parts when few requests are left, so that
    /// every batch gets ahead by a row at least.
    private mutating func divide(_ rows: [Row], _ road: inout Road) async {
        let left = road.remaining - reserve
        guard left > 0 else { return end(rows, .again) }
        // A row takes two requests: alone, and without its attributes.
        let most = left >= Self.forHalves ? rows.count : 1 << max(0, left - 2)
        let middle = max(1, min(rows.count / 2, most))
        let isFirstReadable = await send(Array(rows[..<middle]), &road)
        let rest = Array(rows[middle...])
        if !isFirstReadable {
            guard road.remaining > reserve else { return end(rest, .again) }
            await send(rest, &road)
        } else if rest.count > 1 {
            await divide(rest, &road)
        } else {
            await send(alone: rest[0], &road)
        }
    }

    /// Sends a row that cannot be read once more, without its attributes.
    private mutating func send(alone row: Row, _ road: inout Road) async {
        guard row.hasAttributes else { return end([row], .refused(code: "JSON_PARSER_ERROR")) }
        guard road.remaining > reserve else { return end([row], .again) }
        road.note(dropped: row.attributeFields)
        await send([row.withoutAttributes], &road)
    }

    private mutating func settle(_ row: Row, _ result: SalesforceClient.RecordResult, _ road: inout Road) {
        let verdict = result.verdict(externalID: CallRow.contactField)
        switch verdict {
        case .written: endings[row.contact] = .written
        case .stale: endings[row.contact] = .stale
        case .locked(let code):
            if isOfTasks, code == Self.duplicate {
                endings[row.contact] = .skipped
            } else {
                repeatOnce(row)
            }
        case .passing(let code):
            road.note(passing: code)
            endings[row.contact] = .again
        case .refused(let code):
            if isOfTasks, !row.isRepeated, knowledge.learn(from: result.errors) {
                repeatOnce(row)
            } else if row.reductions < 2, let (reduced, fields) = row.without(refusedFor: result.errors) {
                let isLast = row.reductions == 1
                road.note(dropped: isLast ? row.removable : fields)
                waiting.append(isLast ? row.bare : reduced)
            } else if isOfTasks, Self.isOthers(code) {
                endings[row.contact] = .skipped
            } else {
                endings[row.contact] = .refused(code: code)
            }
        }
    }

    private static let duplicate = "DUPLICATE_VALUE"

    /// Returns true for the refusal of a task that is another's, or gone, by now.
    private static func isOthers(_ code: String) -> Bool {
        code == duplicate || code == "ENTITY_IS_DELETED" || code.hasPrefix("INSUFFICIENT_ACCESS")
    }

    private mutating func repeatOnce(_ row: Row) {
        guard !row.isRepeated else {
            endings[row.contact] = .again
            return
        }
        var row = row
        row.isRepeated = true
        waiting.append(row)
    }

    private mutating func end(_ rows: [Row], _ ending: Ending) {
        for row in rows { endings[row.contact] = ending }
    }
}
