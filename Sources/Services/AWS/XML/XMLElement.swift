/// An element of an XML response, read by expat.
///
/// It refuses all that `XMLReader` refuses.
package struct XMLElement: Equatable {
    package var name: String
    /// The text directly inside, entities resolved.
    package var text = ""
    /// The elements directly inside, in their order.
    package var children: [XMLElement] = []

    /// The first child of that name.
    package subscript(name: String) -> XMLElement? {
        children.first { $0.name == name }
    }

    /// Reads a whole document; throws when it is not well-formed.
    package init(parsing document: [UInt8]) throws(MalformedXML) {
        let builder = XMLBuilder()
        try builder.read(document)
        guard let root = builder.root else { throw MalformedXML() }
        self = root
    }

    init(name: String) {
        self.name = name
    }
}

/// Builds the tree.
private final class XMLBuilder: XMLReader {
    private(set) var root: XMLElement?
    private var path: [XMLElement] = []
    private var text: [[UInt8]] = []

    override func open(_ name: UnsafePointer<CChar>) {
        path.append(XMLElement(name: String(cString: name)))
        text.append([])
    }

    override func close() {
        guard var element = path.popLast(), let bytes = text.popLast() else { return }
        element.text = String(decoding: bytes, as: UTF8.self)
        if path.isEmpty { root = element } else { path[path.count - 1].children.append(element) }
    }

    override func append(_ characters: UnsafeRawBufferPointer) {
        guard !text.isEmpty else { return }
        // Bytes, since expat may cut between the bytes of a character.
        text[text.count - 1] += characters
    }
}
