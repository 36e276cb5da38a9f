import Encoding
import Glibc

/// Reads `<ListBucketResult>` by events: a tree of a thousand objects would cost several times as much.
///
/// "ListObjectsV2" in the Amazon S3 API Reference. Elements may come in any order; unused ones are skipped.
final class S3ListReader: XMLReader {
    private enum Field {
        case key, size, lastModified, isTruncated, nextToken, encodingType
    }

    private struct Entry {
        var key: Range<Int>?
        var size: Range<Int>?
        var lastModified: Range<Int>?
    }

    private(set) var isList = false
    private(set) var isTruncated: Bool?
    private(set) var nextToken: String?
    private var keysAreEncoded = false
    // Events come one at a time, and checking that at each of them would cost a tenth of the reading.
    @exclusivity(unchecked) private var entries: [Entry] = []
    /// The text of every wanted element, concatenated.
    @exclusivity(unchecked) private var text: [UInt8] = []
    @exclusivity(unchecked) private var isInObject = false
    @exclusivity(unchecked) private var field: Field?
    @exclusivity(unchecked) private var start = 0

    init(expectedBytes: Int) {
        super.init()
        text.reserveCapacity(expectedBytes / 2)
        entries.reserveCapacity(1000)
    }

    override func open(_ name: UnsafePointer<CChar>) {
        start = text.count
        // Whatever is open already, its text ends here: no wanted element has children.
        field = nil
        switch depth {
        case 1: isList = isNamed(name, "ListBucketResult")
        case 2:
            isInObject = isNamed(name, "Contents")
            if isInObject { entries.append(Entry()) } else { field = fieldOfList(name) }
        case 3 where isInObject: field = fieldOfObject(name)
        default: break
        }
    }

    override func append(_ characters: UnsafeRawBufferPointer) {
        if field != nil { text += characters }
    }

    override func close() {
        guard let field else { return }
        self.field = nil
        let value = start..<text.count
        switch field {
        case .key: entries[entries.count - 1].key = value
        case .size: entries[entries.count - 1].size = value
        case .lastModified: entries[entries.count - 1].lastModified = value
        case .isTruncated: isTruncated = Bool(string(value))
        case .nextToken: nextToken = string(value)
        case .encodingType: keysAreEncoded = string(value) == "url"
        }
    }

    /// Returns the objects, once all is read: the server may state only after them that their keys are encoded.
    func objects() throws(S3ListFault) -> [S3Object] {
        var objects: [S3Object] = []
        objects.reserveCapacity(entries.count)
        var decoded: [UInt8] = []
        for entry in entries {
            guard let keyRange = entry.key, !keyRange.isEmpty, let sizeRange = entry.size,
                let size = Int(string(sizeRange)), size >= 0
            else { throw .unreadable }
            let key: String?
            if keysAreEncoded, text[keyRange].contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) {
                PercentEncoding.decodeForm(text[keyRange], into: &decoded)
                key = String(validating: decoded, as: UTF8.self)
            } else {
                key = String(validating: text[keyRange], as: UTF8.self)
            }
            guard let key else { throw .unreadable }
            objects.append(S3Object(key: key, size: size, lastModified: entry.lastModified.map(string)))
        }
        return objects
    }

    private func fieldOfList(_ name: UnsafePointer<CChar>) -> Field? {
        if isNamed(name, "IsTruncated") { return .isTruncated }
        if isNamed(name, "NextContinuationToken") { return .nextToken }
        return isNamed(name, "EncodingType") ? .encodingType : nil
    }

    private func fieldOfObject(_ name: UnsafePointer<CChar>) -> Field? {
        if isNamed(name, "Key") { return .key }
        if isNamed(name, "Size") { return .size }
        return isNamed(name, "LastModified") ? .lastModified : nil
    }

    private func isNamed(_ name: UnsafePointer<CChar>, _ expected: StaticString) -> Bool {
        // A literal's bytes end with a zero, as a C string does.
        strcmp(name, UnsafeRawPointer(expected.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
    }

    private func string(_ range: Range<Int>) -> String {
        String(decoding: text[range], as: UTF8.self)
    }
}
