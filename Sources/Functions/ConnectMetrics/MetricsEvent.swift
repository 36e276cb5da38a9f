import JSON

/// The event of a schedule: `{"task":"realtime"}`, `{"task":"historical"}` or `{"task":"prune"}`.
struct MetricsEvent: JSONReadable, Sendable {
    enum Task: String, CaseIterable, Sendable {
        /// Queues as they are.
        case realtime
        /// The metrics of queues and agents in the intervals since the last run.
        case historical
        /// The deletion of old rows.
        case prune
    }

    let task: Task

    init(_ json: JSONValue) throws {
        guard let task = json["task"]?.string.flatMap(Task.init) else {
            let names = Task.allCases.map(\.rawValue).joined(separator: ", ")
            throw InvalidInput("The event must be an object whose task is one of \(names).")
        }
        self.task = task
    }
}

/// The response: what a run has found and done.
struct MetricsOutput: Encodable, Equatable {
    let task: String
    /// The rows that were found.
    var rows = 0
    /// The rows that Salesforce took, or deleted.
    var written = 0

    init(_ task: MetricsEvent.Task) {
        self.task = task.rawValue
    }
}
