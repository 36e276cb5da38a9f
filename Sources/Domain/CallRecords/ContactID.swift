import Encoding

/// A contact's identifier: letters, digits and hyphens, at most 80, which is how long a record's name may be.
///
/// Amazon Connect's are UUIDs in lower case. Of this form it can stand in a path, a key and a query as it is.
package struct ContactID: Sendable, Hashable {
    package let text: String

    /// Nil for a text of any other form.
    package init?(_ text: some StringProtocol) {
        guard (1...80).contains(text.utf8.count),
            text.utf8.allSatisfy({
                $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "-")
            })
        else { return nil }
        self.text = String(text)
    }
}
