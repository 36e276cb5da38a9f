import AWS
import Calling
import Logging

/// The state of one run of the task `realtime`, which other runs may change meanwhile.
///
/// The entries of rows that are going to be written leave the table before that, and come back once Salesforce has taken them:
/// a run that is killed, and one beside another, leave rows without an entry, which the next run writes.
struct RealtimeState {
    /// The tries against another run's changes.
    private static let tries = 3

    private let table: StateTable
    private let timing: CallTiming
    private let logger: Logger
    private let deadline: ContinuousClock.Instant
    /// The item's version; nil when there is none.
    private var version: String?
    /// The rows of the item, which is read when they are asked for.
    private(set) lazy var rows = WrittenRows(item, now: begin)
    /// The item as it was read.
    private(set) var item: Item?
    private let begin: Int
    /// True for an item whose version is not ours: no condition on it would ever hold.
    private var isForeign = false
    /// True when the table can be neither read nor written: every row is written then.
    private(set) var isLost = false
    private var isWarned = false

    init(
        _ table: StateTable, timing: CallTiming, _ logger: Logger, deadline: ContinuousClock.Instant, now: Int
    ) async {
        self.table = table
        self.timing = timing
        self.logger = logger
        self.deadline = deadline
        begin = now
        do throws(AWSError) {
            item = try await table.item(of: .realtime, deadline: deadline)
            version = item?["version"]?.string
            isForeign = version == nil && item?["version"] != nil
            if isForeign { item = nil }
        } catch {
            lose(error)
        }
    }

    /// Takes the entries of rows out of the table, before they are written.
    mutating func release(_ ids: [String], now: Int) async {
        guard !isLost, ids.contains(where: { rows.entries[$0] != nil }) || version == nil else { return }
        for id in ids { rows.entries[id] = nil }
        await store(now: now) { rows in
            for id in ids { rows.entries[id] = nil }
        }
    }

    /// Notes the rows that Salesforce has taken, by queue, and keeps the entries of the queues that there are.
    mutating func note(_ written: [String: String], of queues: Set<String>, now: Int) async {
        guard !written.isEmpty else { return }
        if isLost { rows = WrittenRows() }
        for id in rows.entries.keys where !queues.contains(id) { rows.entries[id] = nil }
        for (id, content) in written { rows.entries[id] = WrittenRows.Entry(time: now, content: content) }
        await store(now: now) { rows in
            // Which of the two runs was the last to write them nobody knows.
            for id in written.keys { rows.entries[id] = nil }
        }
    }

    /// Writes the item; where another run has changed it, that run's item is kept, with a change.
    private mutating func store(now: Int, _ change: (inout WrittenRows) -> Void) async {
        for _ in 0..<Self.tries {
            let token = timing.token()
            do throws(AWSError) {
                guard !isLost, !isForeign else {
                    isForeign = false
                    version = token
                    return try await table.put(
                        rows.item(now: now).merging(["version": .string(token)]) { $1 }, of: .realtime,
                        deadline: deadline)
                }
                let write = try await table.put(
                    rows.item(now: now), version: token, over: version, of: .realtime, deadline: deadline)
                guard case .conditionFailed(let existing) = write else {
                    version = token
                    return
                }
                version = existing?["version"]?.string
                rows = WrittenRows(existing, now: now)
                change(&rows)
            } catch {
                return lose(error)
            }
        }
    }

    private mutating func lose(_ error: AWSError) {
        isLost = true
        // A run that Connect has ended says nothing of the table.
        guard !isWarned, !Task.isCancelled else { return }
        isWarned = true
        logger.warning("\(error) METRICS_TABLE cannot be used: every row is written.")
    }
}
