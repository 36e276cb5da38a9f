import JSON

/// The rows that a straightforward reading of all records gives, whatever their order: written after FUNCTIONS' rules for the
/// contact records, and not after the function's source.
struct ContactReading: Sendable, Equatable {
    /// What becomes of one record.
    enum Verdict: Equatable {
        /// A contact's record, and the second of its last update.
        case record(JSONValue, id: String, updated: String)
        /// Nothing that concerns us.
        case passedOver
        /// It can never work, for this reason.
        case dead(String)

        init(_ data: [UInt8]) {
            self = Self.verdict(on: data)
        }

        private static func verdict(on data: [UInt8]) -> Verdict {
            let whole = data.reversed().drop { [0, 0x09, 0x0A, 0x0D, 0x20].contains($0) }.reversed()
            guard !whole.isEmpty else { return .passedOver }
            guard let json = try? JSONValue(parsing: Array(whole)), json.object != nil else { return .dead("notJSON") }
            guard json["ContactId"] != nil || json["AWSContactTraceRecordFormatVersion"] != nil else {
                return .passedOver
            }
            let id = json["ContactId"]?.string ?? ""
            guard (1...256).contains(id.utf8.count), id.utf8.allSatisfy(isOfAnID) else { return .dead("noContactId") }
            guard let updated = json["LastUpdateTimestamp"]?.string, updated.hasSuffix("Z") else {
                return .dead("noLastUpdate")
            }
            return .record(json, id: id, updated: updated)
        }

        private static func isOfAnID(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x2D
        }
    }

    /// The call records and the tasks, by contact.
    var calls: [String: [String: JSONValue]] = [:]
    var tasks: [String: [String: JSONValue]] = [:]
    /// The reasons of what can never work, by sequence number.
    var dead: [String: String] = [:]

    init() {}

    /// Reads all records of a stream.
    init(_ stream: ContactStream) {
        var newest: [String: (updated: String, record: JSONValue)] = [:]
        for record in stream.shards.joined() {
            switch Verdict(record.data) {
            case .passedOver: break
            case .dead(let reason): dead[record.sequenceNumber] = reason
            case .record(let json, let id, let updated):
                // Times of one form are compared as text.
                if newest[id].map({ $0.updated <= updated }) ?? true { newest[id] = (updated, json) }
            }
        }
        for (id, entry) in newest where !Self.isIgnored(entry.record) {
            calls[id] = ExpectedRow(entry.record).fields
            tasks[id] = ExpectedRow(entry.record).task
        }
    }

    /// Returns true for a contact that no record is kept of.
    static func isIgnored(_ record: JSONValue) -> Bool {
        record["Attributes"]?["crmLog"]?.string?.lowercased() == "false"
            || record["InitiationMethod"]?.string == "MONITOR"
            || record["SegmentAttributes"]?["connect:Subtype"]?["ValueString"]?.string == "connect:Guide"
            || (record["InitiationMethod"]?.string == "EXTERNAL_OUTBOUND"
                && record["CustomerEndpoint"]?["Address"]?.string == ContactCenter.handover)
    }

    /// Returns the differences from what the CRM has, at most `most` of them.
    func differences(from other: ContactReading, most: Int = 10) -> [String] {
        var all = Self.differences(calls, other.calls, "call record") + Self.differences(tasks, other.tasks, "task")
        all += Set(dead.keys).union(other.dead.keys).sorted().filter { dead[$0] != other.dead[$0] }.map {
            "dead letter \($0): expected \(dead[$0] ?? "none"), is \(other.dead[$0] ?? "none")"
        }
        return Array(all.prefix(most))
    }

    private static func differences(
        _ expected: [String: [String: JSONValue]], _ found: [String: [String: JSONValue]], _ what: String
    ) -> [String] {
        Set(expected.keys).union(found.keys).sorted().compactMap { id in
            guard let wanted = expected[id] else { return "\(what) \(id) is one too many" }
            guard let row = found[id] else { return "\(what) \(id) is lost" }
            let fields = Set(wanted.keys).union(row.keys).sorted().filter {
                (wanted[$0] ?? .null) != (row[$0] ?? .null)
            }
            guard let field = fields.first else { return nil }
            return "\(what) \(id): \(field) is \(row[field]?.scalarText ?? "nothing"), and not "
                + "\(wanted[field]?.scalarText ?? "nothing")"
        }
    }
}
