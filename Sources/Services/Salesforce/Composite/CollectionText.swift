import JSON

/// The body of a collection, in ASCII, and the places of its records in it.
///
/// Salesforce names the column of a value that it cannot read, and does not say whether it counts bytes or characters: in
/// ASCII the two are the same.
struct CollectionText {
    private(set) var bytes: [UInt8]
    /// The end of each record, as an offset.
    private var ends: [Int] = []
    private let start: Int

    /// Throws for a number that JSON cannot express.
    init(
        _ object: APIName, _ records: [[APIName: FieldValue]], allOrNone: Bool
    ) throws(SalesforceError) {
        bytes = Array(#"{"allOrNone":\#(allOrNone),"records":["#.utf8)
        start = bytes.count
        for record in records {
            if bytes.count > start { bytes.append(UInt8(ascii: ",")) }
            bytes.append(escaping: try SalesforceClient.json(Record(type: object.text, fields: record)))
            ends.append(bytes.count)
        }
        bytes += Array("]}".utf8)
    }

    /// Returns the place of the record that a column lies in, which counts from 1; nil for one outside of all.
    ///
    /// A reader that is past a value names the sign after it, which may be the one between two records.
    func record(atColumn column: Int) -> Int? {
        guard column > start, let last = ends.last, column <= last + 1 else { return nil }
        return ends.firstIndex { column <= $0 + 1 }
    }

    private struct Record: Encodable {
        let type: String
        let fields: [APIName: FieldValue]

        func encode(to encoder: any Encoder) throws {
            var record = encoder.container(keyedBy: JSONKey.self)
            try record.encode(["type": type], forKey: JSONKey("attributes"))
            for (name, value) in fields { try record.encode(value, forKey: JSONKey(name.text)) }
        }
    }
}

extension [UInt8] {
    /// Appends JSON with an escape for each UTF-16 unit of what is not ASCII, which stands in strings alone.
    fileprivate mutating func append(escaping json: [UInt8]) {
        guard json.contains(where: { $0 >= 0x80 }) else { return self += json }
        for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
            if scalar.isASCII {
                append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                for unit in scalar.utf16 {
                    let digits = String(unit, radix: 16)
                    append(contentsOf: "\\u".utf8)
                    append(contentsOf: String(repeating: "0", count: 4 - digits.utf8.count).utf8)
                    append(contentsOf: digits.utf8)
                }
            }
        }
    }
}
