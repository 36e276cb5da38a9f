package import AWS
import Calling
import JSON
package import Settings

/// The DynamoDB table of claims and results: partition key `id`, TTL attribute `expiresAt`.
package struct IdempotencyTable: Sendable {
    /// `IDEMPOTENCY_TABLE`.
    package static var variable: Variable<String> {
        .required("IDEMPOTENCY_TABLE", "the DynamoDB table that remembers what was sent")
    }

    private let name: String
    private let client: DynamoDBClient

    package init(name: String, client: DynamoDBClient) {
        self.name = name
        self.client = client
    }

    /// The result of a conditional write that acquires a key.
    enum Acquisition {
        case acquired
        /// Another's record stands, and has not expired; nil when it was not shown.
        case held(IdempotencyRecord?)
    }

    /// Writes `record` where there is none, or only one that expired by `now`.
    ///
    /// A repeated write whose first try had been carried out finds its own token, and has acquired the key.
    func acquire(
        _ key: IdempotencyKey, _ record: IdempotencyRecord, now: Int, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> Acquisition {
        let write = try await client.putItem(
            table: name, item: record.item(under: key),
            condition: "attribute_not_exists(#id) OR #expiresAt <= :now",
            names: ["#id": "id", "#expiresAt": "expiresAt"], values: [":now": .number(now)],
            returnOldOnFailure: true, repetition: .idempotent, deadline: deadline)
        guard case .conditionFailed(let existing) = write else { return .acquired }
        let held = existing.map(IdempotencyRecord.init)
        return held?.token == record.token ? .acquired : .held(held)
    }

    /// Returns the current record, read consistently; nil when there is none.
    func read(_ key: IdempotencyKey, deadline: ContinuousClock.Instant) async throws(AWSError) -> IdempotencyRecord? {
        try await client.getItem(
            table: name, key: ["id": .string(key.id)], consistentRead: true, deadline: deadline
        ).map(IdempotencyRecord.init)
    }

    /// Replaces the claim with the same token, or none, by `record`; returns false when it is another's by now.
    func replace(
        _ key: IdempotencyKey, with record: IdempotencyRecord, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> Bool {
        try await client.putItem(
            table: name, item: record.item(under: key), condition: "attribute_not_exists(#id) OR #token = :token",
            names: ["#id": "id", "#token": "token"], values: [":token": .string(record.token)],
            repetition: .idempotent, deadline: deadline
        ).isWritten
    }

    /// Deletes the claim with the given token; another's record stays.
    func release(
        _ key: IdempotencyKey, token: String, deadline: ContinuousClock.Instant
    ) async throws(AWSError) {
        _ = try await client.deleteItem(
            table: name, key: ["id": .string(key.id)], condition: "#token = :token", names: ["#token": "token"],
            values: [":token": .string(token)], repetition: .idempotent, deadline: deadline)
    }
}
