import Encoding

/// The API name of an object or a field, such as `Lead` or `Contact_Id__c`.
///
/// Letters, digits and underscores, a letter first: it needs no escaping in paths and queries.
package struct APIName: Sendable, Hashable {
    package let text: String

    /// Returns nil for a string of any other form.
    package init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        guard let first = bytes.first, first.isASCIILetter, bytes.count <= 255,
            bytes.allSatisfy({ $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") })
        else { return nil }
        self.text = String(text)
    }

    /// Reads a comma-separated list with spaces anywhere; nil when one of its elements is not a name.
    package static func list(parsing text: String) -> [APIName]? {
        let elements = text.split(separator: ",", omittingEmptySubsequences: false)
        let names = elements.compactMap { APIName($0.filter { $0 != " " }) }
        return names.count == elements.count ? names : nil
    }
}

extension APIName: ExpressibleByStringLiteral {
    /// A name written in the source; one of a wrong form ends the process.
    package init(stringLiteral text: String) {
        guard let name = APIName(text) else { preconditionFailure("`\(text)` is no API name.") }
        self = name
    }
}

extension APIName: CustomStringConvertible {
    package var description: String { text }
}
