import Foundation
import Synchronization

/// An item in DynamoDB JSON: by attribute name, by type, the value.
package typealias DynamoDBItem = [String: DynamoDBValue]

/// A value in DynamoDB JSON, of the types that the tables have.
package struct DynamoDBValue: Codable, Sendable, Equatable {
    package var S: String?
    package var N: String?
    package var M: [String: DynamoDBValue]?
    package var BOOL: Bool?
    package var L: [DynamoDBValue]?
    package var SS: [String]?

    package init(
        S: String? = nil, N: String? = nil, M: [String: DynamoDBValue]? = nil, BOOL: Bool? = nil,
        L: [DynamoDBValue]? = nil, SS: [String]? = nil
    ) {
        self.S = S
        self.N = N
        self.M = M
        self.BOOL = BOOL
        self.L = L
        self.SS = SS
    }
}

/// A single-item call, carried out strictly.
struct DynamoDBRequest: Decodable {
    let TableName: String
    let Item: DynamoDBItem?
    let Key: DynamoDBItem?
    let ConsistentRead: Bool?
    let ConditionExpression: String?
    let ExpressionAttributeNames: [String: String]?
    let ExpressionAttributeValues: DynamoDBItem?
    let ReturnValuesOnConditionCheckFailure: String?

    func perform(_ operation: AWSDouble.Operation, on items: inout [String: DynamoDBItem]) -> ScriptedServer.Response {
        guard TableName == "switchboard-idempotency" else { return refusal("ResourceNotFoundException") }
        guard let id = (Item ?? Key)?["id"]?.S, !id.isEmpty else { return refusal("ValidationException") }
        if operation == .getItem {
            // A read that is not consistent returns nothing here, so that making one is an error that shows.
            guard ConsistentRead == true, let item = items[id] else { return ScriptedServer.Response("{}") }
            return ScriptedServer.Response(json(["Item": item]))
        }
        if let condition = ConditionExpression {
            guard let holds = evaluate(condition, on: items[id]) else { return refusal("ValidationException") }
            guard holds else {
                let existing = ReturnValuesOnConditionCheckFailure == "ALL_OLD" ? items[id] : nil
                let type = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"
                var body = "{\"__type\":\"\(type)\",\"message\":\"The conditional request failed\"}"
                if let existing { body = body.dropLast() + ",\"Item\":\(json(existing))}" }
                return ScriptedServer.Response(status: 400, body)
            }
        }
        items[id] = operation == .putItem ? Item : nil
        return ScriptedServer.Response("{}")
    }

    /// Evaluates terms joined by OR: `attribute_not_exists(#a)`, `#a = :v`, `#a <= :v`. Returns nil for anything else.
    private func evaluate(_ condition: String, on item: DynamoDBItem?) -> Bool? {
        var holds = false
        for term in condition.components(separatedBy: " OR ") {
            let words = term.split(separator: " ").map(String.init)
            if words.count == 1, term.hasPrefix("attribute_not_exists("), term.hasSuffix(")") {
                guard let name = ExpressionAttributeNames?[String(term.dropFirst(21).dropLast())] else { return nil }
                holds = holds || item?[name] == nil
            } else {
                guard words.count == 3, let name = ExpressionAttributeNames?[words[0]],
                    let wanted = ExpressionAttributeValues?[words[2]]
                else { return nil }
                switch words[1] {
                case "=": holds = holds || item?[name] == wanted
                case "<=":
                    guard let right = wanted.N.flatMap(Int.init) else { return nil }
                    if let left = item?[name]?.N.flatMap(Int.init) { holds = holds || left <= right }
                default: return nil
                }
            }
        }
        return holds
    }

    private func refusal(_ code: String) -> ScriptedServer.Response {
        AWSDouble.refusal(400, code, nil, isXML: false)
    }

    private func json(_ value: some Encodable) -> String {
        (try? JSONEncoder().encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

extension AWSDouble {
    /// The items of the table.
    package var items: [DynamoDBItem] { state.withLock { Array($0.items.values) } }

    /// Adds an item, like another process.
    package func put(_ item: DynamoDBItem) {
        guard let id = item["id"]?.S else { return }
        state.withLock { $0.items[id] = item }
    }

    /// Changes every item, like time or another process.
    package func changeItems(_ change: @Sendable (inout DynamoDBItem) -> Void) {
        state.withLock { state in
            for id in state.items.keys {
                if var item = state.items[id] {
                    change(&item)
                    state.items[id] = item
                }
            }
        }
    }

    /// Every item as text, to search it for data that it must not hold.
    package var itemText: String {
        let encoder = JSONEncoder()
        return items.compactMap { try? encoder.encode($0) }.map { String(decoding: $0, as: UTF8.self) }.joined()
    }
}
