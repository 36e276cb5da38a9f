import AWS
import Foundation
#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An element of the TwiML that a webhook answers.
struct ParsedTwiML: Equatable {
    let name: String
    let attributes: [String: String]
    var children: [ParsedTwiML] = []
    var text = ""

    /// The document's root; nil for what is not well-formed, or no `Response`.
    static func response(_ document: [UInt8]) -> ParsedTwiML? {
        // Foundation's parser ends the process at some of what is not well-formed, such as a name that is not UTF-8: expat
        // reads it first.
        guard (try? AWS.XMLElement(parsing: document)) != nil else { return nil }
        let reader = TwiMLReader()
        let parser = XMLParser(data: Data(document))
        parser.delegate = reader
        guard parser.parse(), reader.root?.name == "Response" else { return nil }
        return reader.root
    }
}

/// Builds the tree while Foundation's parser reads.
private final class TwiMLReader: NSObject, XMLParserDelegate {
    private(set) var root: ParsedTwiML?
    private var open: [ParsedTwiML] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(ParsedTwiML(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if !open.isEmpty { open[open.count - 1].text += text }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard let element = open.popLast() else { return }
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].children.append(element)
        }
    }
}
