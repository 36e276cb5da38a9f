/// `CRM_LEAD_SCOPE`: whose leads the top lead is chosen from.
enum LeadScope: String, CaseIterable, Sendable {
    /// Those that the speaker owns.
    case mine
    /// All that the CRM shows: for one integration user, who owns none.
    case everything

    /// The open lead that has waited longest.
    var topLeadQuery: String {
        let scope = self == .mine ? "USING SCOPE mine " : ""
        return "SELECT Id, Name, Email FROM Lead \(scope)WHERE IsConverted = false ORDER BY CreatedDate ASC LIMIT 1"
    }
}
