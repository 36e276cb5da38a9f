/// The response of a single-item call.
struct DynamoDBOutput: Decodable {
    let item: Item?

    private enum CodingKeys: String, CodingKey {
        case item = "Item"
    }
}
