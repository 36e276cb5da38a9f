import JSON
import Synchronization

/// The CRM of the simulation: call records and tasks by their external id, with the validation rule that refuses older
/// records, and the queue of what can never work.
///
/// It has no rules of Salesforce but these: `SalesforceDouble` has the others.
final class SimulatedCRM: Sendable {
    /// The failure of a whole request.
    enum Failure: Error {
        case refused, unanswered, killed
    }

    let weather: CRMWeather
    /// False in the test that the simulation sees what the rule prevents.
    let hasRule: Bool
    private let state = Mutex(ContactReading())

    init(_ weather: CRMWeather, hasRule: Bool = true) {
        self.weather = weather
        self.hasRule = hasRule
    }

    /// What there is now.
    var reading: ContactReading { state.withLock(\.self) }

    /// Upserts call records by `Contact_Id__c`; a `Last_Update__c` before the stored one is stale.
    func upsert(_ rows: [[String: JSONValue]]) throws -> [ContactReading.RowResult] {
        try request { state in rows.map { state.upsert(call: $0, hasRule: hasRule) } }
    }

    /// Returns the contacts that have tasks already.
    func tasks(of contacts: [String]) throws -> Set<String> {
        try request { state in Set(contacts.filter { state.tasks[$0] != nil }) }
    }

    /// Creates tasks; one whose contact has a task is a duplicate.
    func create(_ tasks: [[String: JSONValue]]) throws -> [ContactReading.RowResult] {
        try request { state in tasks.map { state.create(task: $0) } }
    }

    /// Writes fields of tasks that exist.
    func update(_ tasks: [[String: JSONValue]]) throws {
        try request { state in
            for task in tasks { state.tasks[task.contact]?.merge(task) { $1 } }
        }
    }

    /// Puts records into the dead-letter queue: their reasons by sequence number.
    func bury(_ dead: [String: String]) throws {
        try request { state in state.dead.merge(dead) { $1 } }
    }

    /// Does the work, unless the weather prevents it; it may be done without an answer.
    func request<Result: Sendable>(_ work: (inout ContactReading) -> Result) throws -> Result {
        switch weather.meet() {
        case .answered: return state.withLock { work(&$0) }
        case .refused: throw Failure.refused
        case .unanswered(let isDone):
            if isDone { _ = state.withLock { work(&$0) } }
            throw Failure.unanswered
        case .killed(let isDone):
            if isDone { _ = state.withLock { work(&$0) } }
            throw Failure.killed
        }
    }
}

extension ContactReading {
    /// The result of one row.
    enum RowResult: Sendable {
        case written, stale, duplicate
    }

    /// Writes a call record over that of its contact, unless the rule refuses it: it was last updated before that.
    mutating func upsert(call row: [String: JSONValue], hasRule: Bool) -> RowResult {
        let old = calls[row.contact]
        if hasRule, let old, row.lastUpdate < old.lastUpdate { return .stale }
        calls[row.contact] = (old ?? [:]).merging(row) { $1 }
        return .written
    }

    /// Keeps a task, if its contact has none.
    mutating func create(task: [String: JSONValue]) -> RowResult {
        guard tasks[task.contact] == nil else { return .duplicate }
        tasks[task.contact] = task
        return .written
    }
}

extension [String: JSONValue] {
    /// The external id of a row.
    var contact: String { self["Contact_Id__c"]?.string ?? "" }

    /// Times of one form are compared as text.
    fileprivate var lastUpdate: String { self["Last_Update__c"]?.string ?? "" }
}
