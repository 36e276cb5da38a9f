import Encoding

/// The id of a record of Salesforce: 15 characters, or the same with three more that say which letters are capital.
struct CRMID: Sendable, Hashable {
    /// The id as it was given.
    let text: String

    /// Returns nil for any other text, and for the id of another object than those of the prefixes.
    init?(_ text: String, prefixes: Set<String>) {
        guard [15, 18].contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIILetterOrDigit),
            prefixes.contains(String(text.prefix(3)))
        else { return nil }
        self.text = text
    }

    /// The part that two forms of one id share.
    static func key(_ id: String) -> String { String(id.prefix(15)) }
}
