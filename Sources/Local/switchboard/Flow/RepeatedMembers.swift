import JSON

/// The members that an object of a JSON text has more than once; a reader sees only one of each, and which is not
/// defined (RFC 8259 section 4).
enum RepeatedMembers {
    /// Returns the path of each, with the indexes of lists as digits: `["Actions", "2", "Parameters", "Text"]`.
    static func all(in bytes: [UInt8]) -> [[String]] {
        let reader = MemberReader()
        // The text has been read before, so it does not fail.
        do { try JSONText.read(bytes) { event, _ in reader.take(event) } } catch { return [] }
        return reader.repeated
    }
}

/// Follows the open objects and lists of a text. Used by one task, for one text.
private final class MemberReader {
    private struct Container {
        let isList: Bool
        /// The member or the index that is being read.
        var name = ""
        var index = -1
        var names: Set<String> = []

        var step: String { isList ? String(index) : name }
    }

    private(set) var repeated: [[String]] = []
    private var open: [Container] = []

    func take(_ event: JSONEvent) -> Bool {
        switch event {
        case .key(let name):
            open[open.count - 1].name = name
            if !open[open.count - 1].names.insert(name).inserted { repeated.append(open.map(\.step)) }
        case .startObject: begin(isList: false)
        case .startArray: begin(isList: true)
        case .endObject, .endArray: open.removeLast()
        case .null, .bool, .number, .string: count()
        }
        return true
    }

    private func begin(isList: Bool) {
        count()
        open.append(Container(isList: isList))
    }

    private func count() {
        if open.last?.isList == true { open[open.count - 1].index += 1 }
    }
}
