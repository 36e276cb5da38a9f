package import Calling

/// Amazon DynamoDB: single items by key, written under conditions.
///
/// Expressions name attributes by `#placeholder` and values by `:placeholder`; `ttl` and `state` are reserved words.
package struct DynamoDBClient: Sendable {
    private let client: AWSClient

    package init(_ client: AWSClient) {
        self.client = client
        client.expect(.dynamoDB)
    }

    /// Returns the item under `key`, nil when there is none.
    ///
    /// DynamoDB deletes expired items late: compare a TTL attribute with the clock. Use a consistent read for an item
    /// that a caller may have just written.
    package nonisolated(nonsending) func getItem(
        table: String, key: Item, consistentRead: Bool = true, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> Item? {
        var input = DynamoDBInput(table: table)
        input.key = key
        input.consistentRead = consistentRead
        let request = try request("GetItem", input, .idempotent)
        return try await client.json(request, as: DynamoDBOutput.self, deadline: deadline).item
    }

    /// Writes a whole item, replacing an existing one, if `condition` holds of that.
    ///
    /// - Parameters:
    ///   - names: Attribute names by placeholder, `#` included.
    ///   - values: Values by placeholder, `:` included.
    ///   - returnOldOnFailure: Asks for the item that is there when the condition does not hold.
    ///   - repetition: `idempotent` retries when the response was lost. A try that was carried out then makes the next
    ///     one's condition fail: compare the existing item with one's own.
    package nonisolated(nonsending) func putItem(
        table: String, item: Item, condition: String? = nil, names: [String: String] = [:], values: Item = [:],
        returnOldOnFailure: Bool = false, repetition: Repetition = .once, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> ConditionalWrite {
        var input = DynamoDBInput(table: table)
        input.item = item
        input.setCondition(condition, names: names, values: values, returnOldOnFailure: returnOldOnFailure)
        return try await write("PutItem", input, repetition, deadline: deadline)
    }

    /// Deletes the item under `key`, if there is one and `condition` holds.
    ///
    /// The parameters are those of `putItem`.
    package nonisolated(nonsending) func deleteItem(
        table: String, key: Item, condition: String? = nil, names: [String: String] = [:], values: Item = [:],
        returnOldOnFailure: Bool = false, repetition: Repetition = .once,
        deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> ConditionalWrite {
        var input = DynamoDBInput(table: table)
        input.key = key
        input.setCondition(condition, names: names, values: values, returnOldOnFailure: returnOldOnFailure)
        return try await write("DeleteItem", input, repetition, deadline: deadline)
    }

    private nonisolated(nonsending) func write(
        _ action: String, _ input: DynamoDBInput, _ repetition: Repetition, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> ConditionalWrite {
        var request = try request(action, input, repetition)
        request.answeringCodes = ["ConditionalCheckFailedException"]
        let answer = try await client.answer(to: request, deadline: deadline)
        // Decoded in both cases: the failed condition's response carries the item under `Item`.
        let output = try client.decode(DynamoDBOutput.self, from: answer, to: request)
        return answer.code.isEmpty ? .written : .conditionFailed(existing: output.item)
    }

    private func request(_ action: String, _ input: DynamoDBInput, _ repetition: Repetition)
        throws(AWSError) -> AWSRequest
    {
        .target(
            .dynamoDB, prefix: "DynamoDB_20120810", action: action, version: "1.0",
            body: try jsonBody(of: input, for: .dynamoDB, action), repetition: repetition)
    }
}
