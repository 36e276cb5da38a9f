import Encoding
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
        try records.map { try JSONText.decode(type, from: Array($0.bytes)) }
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
