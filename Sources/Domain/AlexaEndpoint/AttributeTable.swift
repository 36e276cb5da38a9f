package import AWS
import Alexa
import Calling
package import JSON
import Settings
import Synchronization

/// A DynamoDB table of persistent attributes in the ASK SDKs' format: `id` (S) and `attributes` (M).
///
/// A skill moved here from one of the SDKs finds its users' attributes again.
package struct AttributeTable: AttributeStore {
    /// The time limit of each call: persistence must not delay the response.
    private static let patience = Duration.milliseconds(1500)

    private let name: String
    private let client: DynamoDBClient
    private let read = ItemsRead()

    package init(name: String, client: DynamoDBClient) {
        self.name = name
        self.client = client
    }

    /// Returns the attributes under a key, empty when there is no item; the read is consistent.
    ///
    /// Sets become lists and binaries base64 strings. Throws `AttributeTableError`.
    package func attributes(of key: String, deadline: ContinuousClock.Instant) async throws -> [String: JSONValue] {
        do throws(AWSError) {
            let item = try await client.getItem(
                table: name, key: ["id": .string(key)], deadline: min(deadline, .now + Self.patience))
            read.remember(item.flatMap { Self.isWhole($0) ? nil : $0 }, of: key)
            return (item?["attributes"]?.map ?? [:]).mapValues(JSONValue.init)
        } catch {
            throw AttributeTableError(error)
        }
    }

    /// Returns true when JSON can represent an item: not if it has sets or binaries, or attributes that the SDKs do not
    /// write.
    private static func isWhole(_ item: Item) -> Bool {
        item.count <= 2 && (item["attributes"].map { AttributeValue(JSONValue($0)) == $0 } ?? true)
    }

    /// Writes the whole item. An attribute that has not changed since it was read is written back unchanged, set or
    /// binary.
    ///
    /// Throws `AttributeTableError`.
    package func save(
        _ attributes: [String: JSONValue], of key: String, deadline: ContinuousClock.Instant
    ) async throws {
        var item = read.item(key) ?? [:]
        let before = item["attributes"]?.map ?? [:]
        item["id"] = .string(key)
        item["attributes"] = .map(
            Dictionary(
                uniqueKeysWithValues: attributes.map { name, value in
                    (name, before[name].flatMap { JSONValue($0) == value ? $0 : nil } ?? AttributeValue(value))
                }))
        do throws(AWSError) {
            // Writing the same item twice has the same result.
            _ = try await client.putItem(
                table: name, item: item, repetition: .idempotent, deadline: min(deadline, .now + Self.patience))
        } catch {
            throw AttributeTableError(error)
        }
    }
}

/// The reason why attributes were not read or saved.
package struct AttributeTableError: TypedError, Equatable {
    private let error: AWSError

    init(_ error: AWSError) {
        self.error = error
    }

    package var errorType: String { "Function.AttributeTable" }
    package var description: String { "\(error) Check the table's name, its key `id`, and the function's role." }
}

/// Items as last read, for those that JSON cannot represent: a request may write its item more than once.
private final class ItemsRead: Sendable {
    /// The maximum number of requests at once, and some more; each read replaces the one before.
    private static let maximum = 64

    private let items = Mutex<[String: Item]>([:])

    func remember(_ item: Item?, of key: String) {
        items.withLock { items in
            if items.count >= Self.maximum, items[key] == nil { items = [:] }
            items[key] = item
        }
    }

    func item(_ key: String) -> Item? {
        items.withLock { $0[key] }
    }
}
