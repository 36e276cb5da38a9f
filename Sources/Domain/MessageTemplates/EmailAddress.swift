import Encoding

/// One bare ASCII address, `local@domain`.
///
/// The local part is a dot-atom of at most 64 characters, the domain labels of letters, digits and hyphens, the whole
/// at most 254 characters (RFC 5321, section 4.5.3.1). Display names, lists, comments, quoted local parts and address
/// literals are not accepted. Equal whatever the case. Personal data: never logged or put into an error.
package struct EmailAddress: Hashable, Sendable {
    /// The address as given.
    package let text: String
    private let folded: String

    /// Returns nil when the string is not one bare address.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 254, let at = bytes.firstIndex(of: UInt8(ascii: "@")),
            Self.isLocalPart(bytes[..<at]), Self.isDomain(bytes[(at + 1)...])
        else { return nil }
        self.text = text
        self.folded = String(decoding: bytes.map { $0.isASCIIUppercase ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The domain with its `@`, in lower case.
    package var domain: String {
        String(folded[(folded.firstIndex(of: "@") ?? folded.startIndex)...])
    }

    /// The address in lower case, by which two are compared.
    package var key: String { folded }

    package static func == (left: EmailAddress, right: EmailAddress) -> Bool {
        left.folded == right.folded
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(folded)
    }

    private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool {
        let atoms = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return bytes.count <= 64
            && atoms.allSatisfy { atom in
                !atom.isEmpty && atom.allSatisfy { $0.isASCIILetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
            }
    }

    /// Returns true for the bytes of a domain: labels of letters, digits and hyphens.
    package static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return bytes.count <= 253
            && labels.allSatisfy { label in
                guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
                return first.isASCIILetterOrDigit && last.isASCIILetterOrDigit
                    && label.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-") }
            }
    }
}
