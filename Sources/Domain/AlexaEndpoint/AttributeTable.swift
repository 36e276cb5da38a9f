package import AWS
import Alexa
import Calling
package import JSON
import Settings
import Synchronization

/// Persistent attributes in a DynamoDB table as the ASK SDKs keep them: `id` (S) and `attributes` (M).
///
/// A skill moved here from one of the SDKs finds its users' attributes again.
package struct AttributeTable: AttributeStore {
    /// How long a table may take: what is kept is not worth the answer.
    private static let patience = Duration.milliseconds(1500)

    private let name: String
    private let client: DynamoDBClient
    private let read = ItemsRead()

    package init(name: String, client: DynamoDBClient) {
        self.name = name
        self.client = client
    }

    /// The attributes under a key, empty when there is no item; read consistently.
    ///
    /// Sets are lists here and binaries base64 texts. Throws `AttributeTableError`.
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

    /// Whether JSON holds all of an item: not where it has sets or binaries, or more than the SDKs put there.
    private static func isWhole(_ item: Item) -> Bool {
        item.count <= 2 && (item["attributes"].map { AttributeValue(JSONValue($0)) == $0 } ?? true)
    }

    /// Puts the whole item. An attribute that has not changed since it was read goes back as it was, set or binary.
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
            // Putting the same item twice ends the same.
            _ = try await client.putItem(
                table: name, item: item, repetition: .idempotent, deadline: min(deadline, .now + Self.patience))
        } catch {
            throw AttributeTableError(error)
        }
    }
}

/// Why attributes were not read or kept.
package struct AttributeTableError: TypedError, Equatable {
    private let error: AWSError

    init(_ error: AWSError) {
        self.error = error
    }

    package var errorType: String { "Function.AttributeTable" }
    package var description: String { "\(error) Check the table's name, its key `id`, and the function's role." }
}

/// Items as they were last read, for those that JSON does not hold: a request may write its item more than once.
private final class ItemsRead: Sendable {
    /// As many as can be on their way at once, and some; each read takes the place of the one before.
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
