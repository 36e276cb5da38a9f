import CExpat

/// Receives expat's events of an XML document; a subclass keeps those it needs.
///
/// A document type is refused, and entities with it, so that no response can grow while it is read; so is nesting
/// deeper than 64. Used by one task, for one document.
class XMLReader {
    private static let deepest = 64

    /// The number of open elements; the root's own depth is 1.
    @exclusivity(unchecked) private(set) final var depth = 0
    private final var parser: XML_Parser?

    /// An element begins; `depth` counts it already.
    func open(_ name: UnsafePointer<CChar>) {}

    /// The innermost element ends; `depth` still counts it.
    func close() {}

    /// Text of the innermost element, entities resolved; expat may cut it anywhere, within a character too.
    func append(_ characters: UnsafeRawBufferPointer) {}

    /// Reads a whole document; throws when it is not well-formed, or when `refuse` was called. `XML_Parse`.
    final func read(_ document: [UInt8]) throws(MalformedXML) {
        let parser = ExpatParser()
        guard withExtendedLifetime(self, { parser.parse(document, into: self) }) else { throw MalformedXML() }
    }

    /// Ends the reading, from within an event.
    final func refuse() {
        if let parser { XML_StopParser(parser, XML_FALSE) }
    }

    fileprivate final func begin(_ name: UnsafePointer<CChar>?) {
        guard let name, depth < Self.deepest else { return refuse() }
        depth += 1
        open(name)
    }

    fileprivate final func end() {
        close()
        depth -= 1
    }

    fileprivate final func attach(_ parser: XML_Parser?) {
        self.parser = parser
    }
}

/// The document is not well-formed XML, or holds something that no AWS response does.
package struct MalformedXML: Error {}

/// Owns the expat handle.
private struct ExpatParser: ~Copyable {
    private let handle = XML_ParserCreate(nil)

    deinit {
        XML_ParserFree(handle)
    }

    func parse(_ document: [UInt8], into reader: XMLReader) -> Bool {
        guard let handle, let length = Int32(exactly: document.count) else { return false }
        reader.attach(handle)
        // The handle goes when this returns to the caller.
        defer { reader.attach(nil) }
        XML_SetUserData(handle, Unmanaged.passUnretained(reader).toOpaque())
        XML_SetElementHandler(
            handle, { data, name, _ in reading(data) { $0.begin(name) } }, { data, _ in reading(data) { $0.end() } })
        XML_SetCharacterDataHandler(handle) { data, characters, count in
            reading(data) { $0.append(UnsafeRawBufferPointer(start: characters, count: Int(count))) }
        }
        XML_SetStartDoctypeDeclHandler(handle) { data, _, _, _, _ in reading(data) { $0.refuse() } }
        let status = document.withUnsafeBytes {
            XML_Parse(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), length, 1)
        }
        return status == XML_STATUS_OK
    }
}

/// Calls the reader that `parse` was given, which outlives the parsing and need not be retained at each event.
private func reading(_ userData: UnsafeMutableRawPointer?, _ event: (XMLReader) -> Void) {
    guard let userData else { return }
    Unmanaged<XMLReader>.fromOpaque(userData)._withUnsafeGuaranteedRef(event)
}
