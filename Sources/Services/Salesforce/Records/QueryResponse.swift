import Encoding
import FoundationEssentials
package import JSON
import Settings

/// The records of a query, all pages of it joined.
package struct QueryResponse: Sendable {
    /// The number of records that match, read or not.
    package let totalSize: Int
    /// True when all of them were read; false when the limit cut them.
    package let isComplete: Bool
    /// The records in their order, each in Salesforce's own JSON.
    package let records: [RawJSON]
    /// Top-level members of the first page other than `records` and `nextRecordsUrl`.
    let others: [(name: String, value: RawJSON)]

    /// Returns the records as a Swift type; a field that is null or missing is nil.
    package func decoded<Record: Decodable>(_ type: Record.Type) throws -> [Record] {
        try records.map { try JSONDecoder().decode(type, from: Data($0.bytes)) }
    }

    /// The response in the form of a single page of Salesforce's: `done` says whether it is complete, and
    /// `nextRecordsUrl` is left out.
    package var json: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(records.reduce(256) { $0 + $1.bytes.count + 1 })
        text += Array(#"{"totalSize":\#(totalSize),"done":\#(isComplete)"#.utf8)
        for (name, value) in others {
            text += Array(",\"\(name)\":".utf8)
            text += value.bytes
        }
        text += Array(#","records":["#.utf8)
        for (index, record) in records.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text += record.bytes
        }
        text += Array("]}".utf8)
        return text
    }
}

/// One page of a query's response.
struct QueryPage {
    let totalSize: Int
    let records: [RawJSON]
    /// The path of the next page; nil on the last.
    let next: String?
    let isLast: Bool
    let others: [(name: String, value: RawJSON)]

    /// Returns nil when the body is not a page, or the next one is outside the query resource.
    init?(_ body: [UInt8]) {
        guard let members = (try? RawJSON(checking: body))?.members else { return nil }
        func member(_ name: String) -> RawJSON? { members.first { $0.name == name }?.value }
        guard let totalSize = member("totalSize")?.decoded(Int.self), let records = member("records")?.elements,
            let isLast = member("done")?.decoded(Bool.self)
        else { return nil }
        let next = member("nextRecordsUrl").flatMap { $0.isNull ? nil : $0.string ?? "" }
        guard next.map(Self.isQueryPath) ?? true else { return nil }
        self.totalSize = totalSize
        self.records = records
        self.isLast = isLast
        self.next = isLast ? nil : next
        let known: Set<String> = ["totalSize", "done", "nextRecordsUrl", "records"]
        others = members.filter { member in
            !known.contains(member.name) && APIName(member.name) != nil
        }
    }

    /// `/services/data/vNN.N/query/` and a locator: the token is sent there.
    private static func isQueryPath(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0].isEmpty && parts[1] == "services" && parts[2] == "data"
            && APIVersion(parts[3]) != nil && parts[4] == "query" && !parts[5].isEmpty
            && parts[5].utf8.allSatisfy { $0.isASCIILetterOrDigit || "-_".utf8.contains($0) }
    }
}
