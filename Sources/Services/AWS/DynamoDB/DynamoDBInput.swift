/// The body of a single-item call: the fields of all three, of which each leaves some out.
struct DynamoDBInput: Encodable {
    let table: String
    var key: Item?
    var item: Item?
    var consistentRead: Bool?
    var conditionExpression: String?
    var names: [String: String]?
    var values: Item?
    var returnValuesOnConditionCheckFailure: String?

    init(table: String) {
        self.table = table
    }

    /// Empty maps are left out: DynamoDB refuses them.
    mutating func setCondition(
        _ condition: String?, names: [String: String], values: Item, returnOldOnFailure: Bool
    ) {
        conditionExpression = condition
        self.names = names.isEmpty ? nil : names
        self.values = values.isEmpty ? nil : values
        returnValuesOnConditionCheckFailure = returnOldOnFailure ? "ALL_OLD" : nil
    }

    private enum CodingKeys: String, CodingKey {
        case table = "TableName"
        case key = "Key"
        case item = "Item"
        case consistentRead = "ConsistentRead"
        case conditionExpression = "ConditionExpression"
        case names = "ExpressionAttributeNames"
        case values = "ExpressionAttributeValues"
        case returnValuesOnConditionCheckFailure = "ReturnValuesOnConditionCheckFailure"
    }
}
