import Encoding
import JSON

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
        guard let json = try? RawJSON(checking: body) else { return nil }
        self.init(json)
    }

    /// Returns nil when the value is not a page, or the next one is outside the query resource.
    init?(_ json: RawJSON) {
        guard let members = json.members else { return nil }
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

    /// Returns true for the value of a subquery's member in a record, a page or a broken one.
    static func isExpected(in value: RawJSON) -> Bool {
        guard let members = value.members else { return false }
        return ["totalSize", "done", "records"].allSatisfy { name in members.contains { $0.name == name } }
    }

    /// `/services/data/vNN.N/query/` and a locator: the token is sent there.
    static func isQueryPath(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0].isEmpty && parts[1] == "services" && parts[2] == "data"
            && APIVersion(parts[3]) != nil && parts[4] == "query" && !parts[5].isEmpty
            && parts[5].utf8.allSatisfy { $0.isASCIILetterOrDigit || "-_".utf8.contains($0) }
    }
}
