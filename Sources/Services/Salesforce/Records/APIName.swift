/// The API name of an object or a field, such as `Lead` or `Contact_Id__c`.
///
/// Letters, digits and underscores, a letter first: it stands in paths and queries as it is.
package struct APIName: Sendable, Hashable {
    package let text: String

    /// Nil for a text of any other form.
    package init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        guard let first = bytes.first, Self.isLetter(first), bytes.count <= 255,
            bytes.allSatisfy({ Self.isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") })
        else { return nil }
        self.text = String(text)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20)
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
