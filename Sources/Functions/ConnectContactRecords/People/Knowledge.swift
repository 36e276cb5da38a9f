import Calling
import Encoding
import Salesforce
import Synchronization

/// The facts about an org that a warm process keeps.
final class Knowledge: Sendable {
    /// The time after which a user is asked for again.
    private static let longestAge = Duration.seconds(3600)
    /// More users than an instance has agents.
    private static let mostUsers = 20_000

    /// The fields that Task has only with Salesforce CRM Call Center.
    static let callFields: [APIName] = ["CallType", "CallDurationInSeconds", "CallDisposition", "CallObject"]
    static let subtypeField: APIName = "TaskSubtype"

    private struct State {
        var users: [String: (id: String, since: Moment)] = [:]
        var hasStatus = false
        var status: String?
        var lacking: Set<APIName> = []
    }

    private let state = Mutex(State())
    private let timing: CallTiming

    init(timing: CallTiming) {
        self.timing = timing
    }

    /// Returns the id of an active user by the agent's name, whatever its case; nil when it is to be asked for.
    func user(named name: String) -> String? {
        let now = timing.moment
        return state.withLock { state in
            guard let user = state.users[name.lowercased()] else { return nil }
            guard now.hasPassed(Self.longestAge, since: user.since) else { return user.id }
            state.users[name.lowercased()] = nil
            return nil
        }
    }

    func keep(_ id: String, asUserNamed name: String) {
        let now = timing.moment
        state.withLock { state in
            if state.users.count >= Self.mostUsers { state.users = [:] }
            state.users[name.lowercased()] = (id, now)
        }
    }

    /// True when the org was asked for its statuses.
    var knowsStatuses: Bool { state.withLock(\.hasStatus) }

    /// The status of a task that is done; nil when the org has none, or was not asked for it.
    var completedStatus: String? { state.withLock(\.status) }

    func keep(completedStatus status: String?) {
        state.withLock { ($0.hasStatus, $0.status) = (true, status) }
    }

    /// Returns the fields of a task that the org takes.
    func fields(_ fields: [APIName: FieldValue]) -> [APIName: FieldValue] {
        let lacking = state.withLock(\.lacking)
        return lacking.isEmpty ? fields : fields.filter { !lacking.contains($0.key) }
    }

    /// Learns from a refusal which fields of Task the org lacks; returns true for news.
    func learn(from error: SalesforceError) -> Bool {
        guard error.kind == .refused, error.code == "INVALID_FIELD" else { return false }
        return learn { error.names(anyOf: $0) }
    }

    /// Learns the same from the refusal of one row; returns true when it was refused for such fields alone.
    func learn(from faults: [SalesforceClient.RecordResult.Fault]) -> Bool {
        let codes: Set<String> = ["INVALID_FIELD", "INVALID_FIELD_FOR_INSERT_UPDATE"]
        let all = Self.callFields + [Self.subtypeField]
        guard !faults.isEmpty,
            faults.allSatisfy({ fault in codes.contains(fault.statusCode) && all.contains { fault.names($0) } })
        else { return false }
        _ = learn { names in faults.contains { fault in names.contains { fault.names($0) } } }
        return true
    }

    private func learn(_ isNamed: ([APIName]) -> Bool) -> Bool {
        var news: Set<APIName> = []
        if isNamed(Self.callFields) { news.formUnion(Self.callFields) }
        if isNamed([Self.subtypeField]) { news.insert(Self.subtypeField) }
        return state.withLock { state in
            guard !news.isSubset(of: state.lacking) else { return false }
            state.lacking.formUnion(news)
            return true
        }
    }
}

extension SalesforceClient.RecordResult.Fault {
    /// Returns true when the field is at fault.
    fileprivate func names(_ field: APIName) -> Bool {
        fields?.contains { $0.lowercased() == field.text.lowercased() } == true
            || message?.containsBytes(of: field.text) == true
    }
}
