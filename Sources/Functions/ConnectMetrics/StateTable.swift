import AWS
import Calling

/// The table of what was written last: one item a task and instance.
struct StateTable: Sendable {
    private let client: DynamoDBClient
    private let name: String
    private let instance: ConnectInstance

    init(_ aws: AWSClient, table name: String, of instance: ConnectInstance) {
        client = DynamoDBClient(aws)
        self.name = name
        self.instance = instance
    }

    /// Returns the task's item, read consistently; nil when there is none.
    func item(
        of task: MetricsEvent.Task, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> Item? {
        try await client.getItem(
            table: name, key: ["id": .string(id(of: task))], consistentRead: true, deadline: deadline)
    }

    /// Replaces the task's item.
    func put(_ item: Item, of task: MetricsEvent.Task, deadline: ContinuousClock.Instant) async throws(AWSError) {
        _ = try await client.putItem(
            table: name, item: item.merging(["id": .string(id(of: task))]) { $1 }, repetition: .idempotent,
            deadline: deadline)
    }

    /// Replaces the task's item unless another run has done so since that version was read; nil is none at all.
    ///
    /// A write that was carried out and repeated finds its own version and is written.
    func put(
        _ item: Item, version: String, over old: String?, of task: MetricsEvent.Task,
        deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> ConditionalWrite {
        var item = item
        item["id"] = .string(id(of: task))
        item["version"] = .string(version)
        let write = try await client.putItem(
            table: name, item: item,
            condition: old == nil ? "attribute_not_exists(#version)" : "#version = :old",
            names: ["#version": "version"], values: old.map { [":old": .string($0)] } ?? [:],
            returnOldOnFailure: true, repetition: .idempotent, deadline: deadline)
        if case .conditionFailed(let existing) = write, existing?["version"]?.string == version { return .written }
        return write
    }

    private func id(of task: MetricsEvent.Task) -> String { "ConnectMetrics#\(task.rawValue)#\(instance.arn)" }
}
