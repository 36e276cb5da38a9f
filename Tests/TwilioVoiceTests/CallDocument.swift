import Foundation
import FoundationXML
import Testing

/// A TwiML document, parsed like Twilio's.
struct CallDocument: Sendable, Equatable {
    struct Element: Sendable, Equatable {
        let name: String
        let attributes: [String: String]
        var text = ""
        /// The name of its parent element.
        let parent: String
    }

    let xml: String
    /// Every element but the root, in the order of the document.
    let elements: [Element]

    init(_ xml: String) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(xml.utf8))
        parser.delegate = reader
        try #require(parser.parse(), "\(xml)")
        self.xml = xml
        elements = reader.elements
    }

    func first(_ name: String) -> Element? { elements.first { $0.name == name } }

    /// Every spoken text.
    var says: [String] { elements.filter { $0.name == "Say" }.map(\.text) }

    /// The names of the verbs at the top.
    var verbs: [String] { elements.filter { $0.parent == "Response" }.map(\.name) }

    var isOver: Bool { verbs.last == "Hangup" }

    /// The text of the `<Say>` before `<Record>`.
    var phrase: String? {
        guard let index = elements.firstIndex(where: { $0.name == "Record" }), index > 0 else { return nil }
        return elements[index - 1].name == "Say" ? elements[index - 1].text : nil
    }

    /// Returns the path, without the base, that an element refers to.
    func path(of name: String) throws -> String {
        let element = try #require(first(name), "\(xml)")
        let url = element.attributes["action"] ?? element.text
        try #require(url.hasPrefix(CallFixture.base))
        // The fragment, which Twilio does not send: it sets the repeats of a failed webhook.
        let parts = url.split(separator: "#")
        try #require(parts.count == 2 && parts[1] == "rc=2&rp=ct,5xx", "\(url)")
        return String(parts[0].dropFirst(CallFixture.base.count))
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [Element] = []
        private var open: [Int] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let parent = open.last.map { elements[$0].name } ?? ""
            open.append(elements.count)
            elements.append(Element(name: name, attributes: attributes, parent: parent))
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if let last = open.last { elements[last].text += string }
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) {
            open.removeLast()
        }
    }
}
