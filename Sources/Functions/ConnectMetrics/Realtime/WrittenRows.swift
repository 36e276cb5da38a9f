import AWS
import Encoding

/// The rows that Salesforce took last, by queue, as the table's item keeps them.
///
/// An entry is a line: the queue's id, the second since 1970 at which it was written, and the row's content.
struct WrittenRows: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        let time: Int
        let content: String
    }

    private static let rowsName = "rows"
    private static let timeName = "updatedAt"

    var entries: [String: Entry] = [:]

    init() {}

    /// Reads an item; one that cannot be read, or is from the future, has no rows, and neither has such an entry.
    init(_ item: Item?, now: Int) {
        guard let item, let time = item[Self.timeName]?.int, time <= now, var text = item[Self.rowsName]?.string else {
            return
        }
        text.withUTF8 { bytes in
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
                guard parts.count == 3, let time = Int(String(decoding: parts[1], as: UTF8.self)), 0...now ~= time
                else {
                    continue
                }
                entries[String(decoding: parts[0], as: UTF8.self)] = Entry(
                    time: time, content: String(decoding: parts[2], as: UTF8.self))
            }
        }
    }

    /// Returns the item, without its key.
    func item(now: Int) -> Item {
        var text: [UInt8] = []
        for (id, entry) in entries.sorted(by: { $0.key < $1.key }) {
            text.append(text: id)
            text.append(text: " ")
            text.append(text: String(entry.time))
            text.append(text: " ")
            text.append(text: entry.content)
            text.append(text: "\n")
        }
        return [Self.rowsName: .string(String(decoding: text, as: UTF8.self)), Self.timeName: .number(now)]
    }

    /// Returns true when a row must be written: it differs from what was written last, or that is long ago.
    func lacks(_ id: String, _ content: String, now: Int, lifetime: Int) -> Bool {
        guard let entry = entries[id] else { return true }
        return entry.content != content || now - entry.time >= lifetime
    }
}
