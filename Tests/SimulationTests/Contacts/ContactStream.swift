import JSON
import LocalServices

/// The deliveries of a contact center's records on shards, as Amazon Connect makes them: at least once, again after every
/// change, in no order, and beside others' data.
///
/// "Important things to know" on the page of the data model. Versions of one contact are at least a second apart, since
/// Salesforce keeps whole seconds; the repeat of a version has the same bytes.
struct ContactStream: Sendable {
    /// The time in which all records arrive, whatever their number.
    static let length = Duration.seconds(3 * 3600)
    static let shardCount = 4

    /// The records of each shard, in order.
    private(set) var shards: [[ShardRecord]] = Array(repeating: [], count: shardCount)
    /// The number of repeats, of versions that arrive after a later one, and of records that nobody can read.
    private(set) var repeats = 0
    private(set) var overtaken = 0
    private(set) var poison = 0

    private struct Delivery {
        let key: String
        let data: [UInt8]
        let arrival: Int
        let shard: Int
    }

    init(_ center: ContactCenter, contacts: Int, seed: String) {
        var random = SeededGenerator(seed: "\(seed) stream")
        var deliveries: [Delivery] = []
        for number in 0..<contacts {
            for contact in center.contacts(number) { deliveries += self.deliveries(of: contact, &random) }
            guard Int.random(in: 0..<50, using: &random) == 0 else { continue }
            let stray = Self.stray(&random)
            if Self.isPoison(stray.data) { poison += 1 }
            deliveries.append(stray)
        }
        // The sort is stable: what comes at one time stays in order.
        for (number, delivery) in deliveries.sorted(by: { $0.arrival < $1.arrival }).enumerated() {
            shards[delivery.shard].append(
                ShardRecord(
                    number: number, partitionKey: delivery.key, data: delivery.data,
                    arrival: .milliseconds(delivery.arrival)))
        }
    }

    /// Returns the deliveries of a contact's versions, some repeated, some late, some with NULs after them.
    private mutating func deliveries(of contact: ContactDraft, _ random: inout SeededGenerator) -> [Delivery] {
        var (draft, all, updated) = (contact, [Delivery](), contact.start + contact.seconds)
        var latest = 0
        for version in 0...Int.random(in: 0...2, using: &random) {
            updated += Int.random(in: 1...600, using: &random)
            if version > 0 { Self.change(&draft, &random) }
            var data = draft.json(updated: updated).bytes
            if Int.random(in: 0..<20, using: &random) == 0 { data += [0, 0] }
            let count = Int.random(in: 0..<10, using: &random) == 0 ? Int.random(in: 2...3, using: &random) : 1
            repeats += count - 1
            for _ in 0..<count {
                let arrival = Int.random(in: 0..<Int(Self.length / .milliseconds(1)), using: &random)
                if arrival < latest { overtaken += 1 }
                latest = max(latest, arrival)
                // Of one contact some come by another shard, which is harder than what Kinesis does.
                let shard =
                    Int.random(in: 0..<10, using: &random) == 0
                    ? Int.random(in: 0..<Self.shardCount, using: &random) : Self.shard(of: contact.id)
                all.append(Delivery(key: contact.id, data: data, arrival: arrival, shard: shard))
            }
        }
        return all
    }

    /// Changes what Amazon Connect sends a record again for.
    private static func change(_ contact: inout ContactDraft, _ random: inout SeededGenerator) {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: contact.attributes["disposition"] = ["Refund", "Complaint", "Order"].randomElement(using: &random)
        case 1: contact.afterSeconds += Int.random(in: 1...60, using: &random)
        default: contact.hasContactLens = true
        }
    }

    private static func shard(of key: String) -> Int {
        Int(key.utf8.reduce(0) { ($0 &* 31 &+ UInt32($1)) } % UInt32(shardCount))
    }

    private static let strays: [String] = [
        "", "\0\0", "not JSON", "[1]", "{\"ContactId\":\"", "\"text\"",
        #"{"AgentARN":"arn","EventType":"HEART_BEAT","EventId":"e"}"#,
        #"{"ContactId":"","LastUpdateTimestamp":"2026-11-29T12:00:00Z"}"#,
        #"{"ContactId":"a/b","LastUpdateTimestamp":"2026-11-29T12:00:00Z"}"#,
        #"{"ContactId":"11111111-2222-3333-4444-555555555555"}"#,
        #"{"AWSContactTraceRecordFormatVersion":"2017-03-10","Channel":"VOICE"}"#,
    ]

    private static func stray(_ random: inout SeededGenerator) -> Delivery {
        Delivery(
            key: "stray", data: Array((strays.randomElement(using: &random) ?? "").utf8),
            arrival: Int.random(in: 0..<Int(length / .milliseconds(1)), using: &random),
            shard: Int.random(in: 0..<shardCount, using: &random))
    }

    private static func isPoison(_ data: [UInt8]) -> Bool {
        if case .dead = ContactReading.Verdict(data) { true } else { false }
    }
}
