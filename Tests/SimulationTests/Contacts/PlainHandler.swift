import JSON

/// The plainest function that keeps to the contract: every failure has its whole batch come again.
///
/// It proves the simulation, with flaws that real importers have: each must be seen.
struct PlainHandler: Sendable {
    enum Flaw: Sendable, CaseIterable {
        /// A failure counts as done.
        case losesFailures
        /// The highest number of a batch comes again in place of the lowest.
        case asksForTheTail
        /// Of several versions in a batch the last one counts, not the newest.
        case takesTheLast
        /// Tasks are made only with the first version of a contact.
        case forgetsUpdates
        /// What cannot be read is left out.
        case dropsPoison
    }

    let crm: SimulatedCRM
    var flaw: Flaw?

    func handle(_ batch: [ShardRecord]) async throws -> [String] {
        do {
            try write(batch)
            return []
        } catch SimulatedCRM.Failure.killed {
            // The process is gone: nobody hears what it answers.
            throw SimulatedCRM.Failure.killed
        } catch {
            let numbers = batch.map(\.sequenceNumber).sorted()
            switch flaw {
            case .losesFailures: return []
            case .asksForTheTail: return Array(numbers.suffix(1))
            default: return Array(numbers.prefix(1))
            }
        }
    }

    private func write(_ batch: [ShardRecord]) throws {
        var newest: [String: (updated: String, record: JSONValue)] = [:]
        var dead: [String: String] = [:]
        for record in batch {
            switch ContactReading.Verdict(record.data) {
            case .passedOver: break
            case .dead(let reason): dead[record.sequenceNumber] = reason
            case .record(let json, let id, let updated):
                let isNewer = newest[id].map { $0.updated <= updated } ?? true
                if isNewer || flaw == .takesTheLast { newest[id] = (updated, json) }
            }
        }
        if !dead.isEmpty, flaw != .dropsPoison { try crm.bury(dead) }
        let rows = newest.values.map { $0.record }.filter { !ContactReading.isIgnored($0) }.map { ExpectedRow($0) }
        guard !rows.isEmpty else { return }
        let results = try crm.upsert(rows.map(\.fields))
        let tasks = zip(rows, results).compactMap { row, result in result == .stale ? nil : row.task }
        guard !tasks.isEmpty else { return }
        let known = try crm.tasks(of: tasks.compactMap { $0["Contact_Id__c"]?.string })
        let isKnown = { (task: [String: JSONValue]) in known.contains(task["Contact_Id__c"]?.string ?? "") }
        _ = try crm.create(tasks.filter { !isKnown($0) })
        guard flaw != .forgetsUpdates else { return }
        let written = ["Contact_Id__c", "CallDurationInSeconds", "CallDisposition"]
        try crm.update(tasks.filter(isKnown).map { task in task.filter { written.contains($0.key) } })
    }
}
