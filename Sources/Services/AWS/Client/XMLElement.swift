import CExpat

/// An element of an XML answer, read by expat.
///
/// A document type is refused, and entities with it, so that no answer can grow while it is read; so is nesting deeper
/// than 64.
struct XMLElement: Equatable {
    var name: String
    /// The text directly inside, entities resolved.
    var text = ""
    var children: [XMLElement] = []

    /// The first child of that name.
    subscript(name: String) -> XMLElement? {
        children.first { $0.name == name }
    }

    /// Reads a whole document; throws when it is not well-formed. `XML_Parse`.
    init(parsing document: [UInt8]) throws(MalformedXML) {
        let builder = XMLBuilder()
        let parser = XMLParser()
        guard let root = withExtendedLifetime(builder, { parser.parse(document, into: builder) }) else {
            throw MalformedXML()
        }
        self = root
    }

    init(name: String) {
        self.name = name
    }
}

struct MalformedXML: Error {}

/// Owns the expat handle.
private struct XMLParser: ~Copyable {
    private let handle = XML_ParserCreate(nil)

    deinit {
        XML_ParserFree(handle)
    }

    func parse(_ document: [UInt8], into builder: XMLBuilder) -> XMLElement? {
        guard let handle, let length = Int32(exactly: document.count) else { return nil }
        builder.parser = handle
        XML_SetUserData(handle, Unmanaged.passUnretained(builder).toOpaque())
        XML_SetElementHandler(
            handle, { data, name, _ in XMLBuilder.from(data)?.open(name) },
            { data, _ in XMLBuilder.from(data)?.close() })
        XML_SetCharacterDataHandler(handle) { XMLBuilder.from($0)?.append($1, count: $2) }
        XML_SetStartDoctypeDeclHandler(handle) { data, _, _, _, _ in XMLBuilder.from(data)?.stop() }
        let status = document.withUnsafeBytes {
            XML_Parse(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), length, 1)
        }
        return status == XML_STATUS_OK ? builder.root : nil
    }
}

/// Builds the tree while expat calls back. Used by one parser on one thread, within `parse`.
private final class XMLBuilder {
    private static let deepest = 64

    var parser: XML_Parser?
    private(set) var root: XMLElement?
    private var path: [XMLElement] = []
    private var text: [[UInt8]] = []

    static func from(_ userData: UnsafeMutableRawPointer?) -> XMLBuilder? {
        userData.map { Unmanaged<XMLBuilder>.fromOpaque($0).takeUnretainedValue() }
    }

    func open(_ name: UnsafePointer<CChar>?) {
        guard path.count < Self.deepest else { return stop() }
        path.append(XMLElement(name: name.map { String(cString: $0) } ?? ""))
        text.append([])
    }

    func close() {
        guard var element = path.popLast(), let bytes = text.popLast() else { return }
        element.text = String(decoding: bytes, as: UTF8.self)
        if path.isEmpty { root = element } else { path[path.count - 1].children.append(element) }
    }

    func append(_ characters: UnsafePointer<CChar>?, count: Int32) {
        guard !text.isEmpty else { return }
        // Bytes, since expat may cut between the bytes of a character.
        text[text.count - 1] += UnsafeRawBufferPointer(start: characters, count: Int(count))
    }

    func stop() {
        if let parser { XML_StopParser(parser, XML_FALSE) }
    }
}
