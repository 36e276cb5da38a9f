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

    /// The result of one row.
    enum RowResult: Sendable {
        case written, stale, duplicate
    }

    let weather: CRMWeather
    /// False in the test that the simulation sees what the rule prevents.
    private let hasRule: Bool
    private let state = Mutex(ContactReading())

    init(_ weather: CRMWeather, hasRule: Bool = true) {
        self.weather = weather
        self.hasRule = hasRule
    }

    /// What there is now.
    var reading: ContactReading { state.withLock(\.self) }

    /// Upserts call records by `Contact_Id__c`; a `Last_Update__c` before the stored one is stale.
    func upsert(_ rows: [[String: JSONValue]]) throws -> [RowResult] {
        try request { state in
            rows.map { row -> RowResult in
                let id = row["Contact_Id__c"]?.string ?? ""
                let old = state.calls[id]
                if hasRule, let old, Self.lastUpdate(row) < Self.lastUpdate(old) { return .stale }
                state.calls[id] = (old ?? [:]).merging(row) { $1 }
                return .written
            }
        }
    }

    /// Returns the contacts that have tasks already.
    func tasks(of contacts: [String]) throws -> Set<String> {
        try request { state in Set(contacts.filter { state.tasks[$0] != nil }) }
    }

    /// Creates tasks; one whose contact has a task is a duplicate.
    func create(_ tasks: [[String: JSONValue]]) throws -> [RowResult] {
        try request { state in
            tasks.map { task -> RowResult in
                let id = task["Contact_Id__c"]?.string ?? ""
                guard state.tasks[id] == nil else { return .duplicate }
                state.tasks[id] = task
                return .written
            }
        }
    }

    /// Writes fields of tasks that exist.
    func update(_ tasks: [[String: JSONValue]]) throws {
        try request { state in
            for task in tasks { state.tasks[task["Contact_Id__c"]?.string ?? ""]?.merge(task) { $1 } }
        }
    }

    /// Puts records into the dead-letter queue: their reasons by sequence number.
    func bury(_ dead: [String: String]) throws {
        try request { state in state.dead.merge(dead) { $1 } }
    }

    private static func lastUpdate(_ row: [String: JSONValue]) -> String { row["Last_Update__c"]?.string ?? "" }

    /// Does the work, unless the weather prevents it; it may be done without an answer.
    private func request<Result: Sendable>(_ work: (inout ContactReading) -> Result) throws -> Result {
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
