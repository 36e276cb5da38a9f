import Customers
import Salesforce
import Settings

/// The settings of look-ups and creations, apart from those of Salesforce and AWS.
struct ConnectCRMSettings: Sendable {
    /// `CRM_CASE_BY_NUMBER`: the callers to whom a case is told that they name by its number.
    enum CaseByNumber: String, CaseIterable, Sendable {
        /// Callers from a number of the case's person or account.
        case caller
        case anyone
    }

    /// `CRM_OBJECTS`, the phone fields and `CRM_EXTRA_FIELDS`.
    var fields = CustomerFields()
    /// `CRM_SEARCH`.
    var searches = true
    var caseByNumber = CaseByNumber.caller
    /// `CRM_CASE_ORIGIN`: the `Origin` of new cases; nil sends none.
    var caseOrigin: String? = "Phone"
    /// `CRM_CASE_ASSIGNMENT`: false keeps new cases with the user who creates them.
    var assignsCases = true
}

extension ConnectCRMSettings {
    /// Reads all settings.
    static var variable: Variable<ConnectCRMSettings> {
        Variable { environment, faults in
            let values = environment.read(
                &faults, CustomerFields.variable, .optional("CRM_SEARCH", default: true),
                .optional("CRM_CASE_BY_NUMBER", default: CaseByNumber.caller), originVariable,
                .optional("CRM_CASE_ASSIGNMENT", default: true))
            return values.map { fields, searches, caseByNumber, origin, assigns in
                ConnectCRMSettings(
                    fields: fields, searches: searches, caseByNumber: caseByNumber, caseOrigin: origin,
                    assignsCases: assigns)
            }
        }
    }

    /// An empty origin is none, and not the default.
    private static var originVariable: Variable<String?> {
        let name = "CRM_CASE_ORIGIN"
        return Variable { environment, faults in
            guard !environment.isEmpty(name) else { return .some(nil) }
            return Variable<String?>.optional(
                name, default: "Phone", expecting: "a value of Case's Origin, of at most 255 characters"
            ) { $0.utf16.count <= CRMRequest.longestText ? .some($0) : nil }.read(environment, &faults)
        }
    }
}
