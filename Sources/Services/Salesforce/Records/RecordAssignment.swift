import Encoding

/// The value of the header `Sforce-Auto-Assign`: who owns the Account, Case or Lead that a call creates or changes.
///
/// Without it Salesforce's assignment rules run. "Assignment Rule Header" in Salesforce's REST API Developer Guide.
package struct RecordAssignment: Sendable, Hashable {
    package static let headerName = "Sforce-Auto-Assign"
    /// The record stays with the user who writes it, or with the owner that is written.
    package static let none = RecordAssignment(header: "FALSE")

    package let header: String

    private init(header: String) {
        self.header = header
    }

    /// Reads `TRUE`, `FALSE` or the id of a rule, of 15 or 18 letters and digits; nil for anything else.
    package init?(_ text: String) {
        let isID = text.utf8.allSatisfy(\.isASCIILetterOrDigit)
        guard text == "TRUE" || text == "FALSE" || isID && [15, 18].contains(text.utf8.count) else { return nil }
        header = text
    }
}
