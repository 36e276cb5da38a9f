import Foundation
import FoundationXML

/// An element of a metadata file.
final class MetadataElement: NSObject {
    let name: String
    let namespace: String
    private(set) var content = ""
    private var elements: [MetadataElement] = []

    private init(name: String, namespace: String) {
        self.name = name
        self.namespace = namespace
    }

    /// Reads a whole file; throws when it is not well-formed.
    convenience init(contentsOf file: URL) throws {
        let reader = Reader()
        let parser = XMLParser(data: try Data(contentsOf: file))
        parser.shouldProcessNamespaces = true
        parser.delegate = reader
        guard parser.parse(), let root = reader.root else {
            throw parser.parserError ?? CocoaError(.fileReadCorruptFile)
        }
        self.init(name: root.name, namespace: root.namespace)
        elements = root.elements
    }

    func children(_ name: String) -> [MetadataElement] { elements.filter { $0.name == name } }

    /// The text of the first child of that name.
    func text(_ name: String) -> String? { children(name).first?.content }

    private final class Reader: NSObject, XMLParserDelegate {
        var root: MetadataElement?
        private var path: [MetadataElement] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let element = MetadataElement(name: name, namespace: namespaceURI ?? "")
            path.last?.elements.append(element)
            if path.isEmpty { root = element }
            path.append(element)
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) { path.last?.content += text }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            path.removeLast()
        }
    }
}
