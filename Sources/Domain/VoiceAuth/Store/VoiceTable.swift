import AWS
import Calling
import JSON
package import Settings

/// The DynamoDB table of identities, codes, calls and recordings: partition key `id`, TTL attribute `expiresAt`.
///
/// Every item has a `version`, which each write increments under the condition that it is still the one read, and a
/// `writer`: a token by which a write whose response was lost recognises itself.
package struct VoiceTable: Sendable {
    /// `VOICE_TABLE`.
    package static var variable: Variable<String> {
        .required("VOICE_TABLE", "the DynamoDB table of voice authentication")
    }

    /// An item with the version read; version 0 where there is none.
    struct Stored {
        let version: Int
        /// Nil where there is none, or it has expired.
        let item: Item?
    }

    /// The result of a conditional write.
    enum WriteResult {
        case written
        /// Somebody else was faster: the item as it is now.
        case overtaken(by: Stored)
    }

    private let name: String
    private let client: DynamoDBClient
    private let timing: CallTiming

    init(name: String, client: DynamoDBClient, timing: CallTiming) {
        self.name = name
        self.client = client
        self.timing = timing
    }

    func read(_ id: String, deadline: ContinuousClock.Instant) async throws(VoiceStoreError) -> Stored {
        do throws(AWSError) {
            return stored(try await client.getItem(table: name, key: ["id": .string(id)], deadline: deadline))
        } catch {
            throw .table(error)
        }
    }

    /// Replaces the item, or for nil deletes it, if its version is still that of `read`.
    func write(
        _ id: String, _ item: Item?, over read: Stored, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> WriteResult {
        let writer = timing.token()
        let condition = read.version == 0 ? "attribute_not_exists(#version)" : "#version = :version"
        let values: Item = read.version == 0 ? [:] : [":version": .number(read.version)]
        let write: ConditionalWrite
        do throws(AWSError) {
            if var item {
                item["id"] = .string(id)
                item["version"] = .number(read.version + 1)
                item["writer"] = .string(writer)
                write = try await client.putItem(
                    table: name, item: item, condition: condition, names: ["#version": "version"], values: values,
                    returnOldOnFailure: true, repetition: .idempotent, deadline: deadline)
            } else {
                guard read.version != 0 else { return .written }
                write = try await client.deleteItem(
                    table: name, key: ["id": .string(id)], condition: condition, names: ["#version": "version"],
                    values: values, returnOldOnFailure: true, repetition: .idempotent, deadline: deadline)
            }
        } catch {
            throw .table(error)
        }
        guard case .conditionFailed(let existing) = write else { return .written }
        if let existing {
            return existing["writer"]?.string == writer ? .written : .overtaken(by: stored(existing))
        }
        let now = try await self.read(id, deadline: deadline)
        // A deletion whose answer was lost, and was tried again.
        return item == nil && now.version == 0 ? .written : .overtaken(by: now)
    }

    /// Puts an item that nobody else writes, or that may be written twice.
    func put(_ id: String, _ item: Item, deadline: ContinuousClock.Instant) async throws(VoiceStoreError) {
        var item = item
        item["id"] = .string(id)
        item["version"] = .number(1)
        do throws(AWSError) {
            _ = try await client.putItem(table: name, item: item, repetition: .idempotent, deadline: deadline)
        } catch {
            throw .table(error)
        }
    }

    /// DynamoDB deletes expired items late; until then they count as deleted, but their version still counts.
    private func stored(_ item: Item?) -> Stored {
        guard let item else { return Stored(version: 0, item: nil) }
        let isExpired = item["expiresAt"]?.int.map { $0 * 1000 <= timing.now() } ?? false
        return Stored(version: item["version"]?.int ?? 0, item: isExpired ? nil : item)
    }
}
