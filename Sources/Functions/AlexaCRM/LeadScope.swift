/// `CRM_LEAD_SCOPE`: the owners whose leads the top lead is chosen from.
enum LeadScope: String, CaseIterable, Sendable {
    /// Leads that the speaker owns.
    case mine
    /// All leads that the CRM shows: for one integration user, who owns none.
    case everything

    /// The query for the open lead that has waited longest.
    var topLeadQuery: String {
        let scope = self == .mine ? "USING SCOPE mine " : ""
        return "SELECT Id, Name, Email FROM Lead \(scope)WHERE IsConverted = false ORDER BY CreatedDate ASC LIMIT 1"
    }
}
