import Foundation
import JSON
import TestSupport

/// DynamoDB's tables: single items by `id`, with the conditions that the functions write under.
struct Tables: Sendable {
    private var items: [String: JSONValue] = [:]

    init() {}

    /// Begins with the items of `events/<Function>/items.json`, where there are any.
    init(seededFor function: String) throws {
        let file = TestProcess.root.appending(path: "events/\(function)/items.json")
        guard let bytes = try? Data(contentsOf: file) else { return }
        for (table, list) in try JSONValue(parsing: Array(bytes)).object ?? [:] {
            for item in list.array ?? [] { items["\(table) \(item["id"]?["S"]?.string ?? "")"] = item }
        }
    }

    /// Carries out an operation and returns status and body.
    mutating func perform(_ operation: Substring, _ request: JSONValue) -> (status: Int, body: JSONValue) {
        guard let table = request["TableName"]?.string, let key = request["Item"] ?? request["Key"],
            let id = key["id"]?["S"]?.string, !id.isEmpty
        else { return (400, ["__type": "ValidationException", "message": "no key"]) }
        let place = "\(table) \(id)"
        guard operation != "GetItem" else { return (200, items[place].map { ["Item": $0] } ?? [:]) }
        if let condition = request["ConditionExpression"]?.string, !holds(condition, items[place], request) {
            let body = JSONValue.members([
                "__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", "message": "no",
                "Item": request["ReturnValuesOnConditionCheckFailure"]?.string == "ALL_OLD" ? items[place] : nil,
            ])
            return (400, body)
        }
        items[place] = operation == "PutItem" ? request["Item"] : nil
        return (200, [:])
    }

    /// Evaluates terms joined by OR: `attribute_not_exists(#a)`, `#a = :v`, `#a <= :v`.
    private func holds(_ condition: String, _ item: JSONValue?, _ request: JSONValue) -> Bool {
        condition.components(separatedBy: " OR ").contains { term in
            let words = term.split(separator: " ").map(String.init)
            let placeholder = words.count == 1 ? String(term.dropFirst(21).dropLast()) : words[0]
            let value = (request["ExpressionAttributeNames"]?[placeholder]?.string).flatMap { item?[$0] }
            guard words.count == 3 else { return value == nil }
            guard let value, let wanted = request["ExpressionAttributeValues"]?[words[2]] else { return false }
            return words[1] == "=" ? value == wanted : (value["N"]?.int ?? 0) <= (wanted["N"]?.int ?? 0)
        }
    }
}
