import Salesforce
import Settings

/// The settings of the API, apart from those of Salesforce.
struct WrapperSettings: Sendable {
    /// `CRM_ALLOWED_OBJECTS`: the objects that may be created.
    var allowedObjects: Set<APIName> = ["Lead", "Contact", "Account", "Opportunity", "Case", "Task"]
    /// `CRM_MAX_RECORDS`: the maximum number of records that one query returns.
    var maximumRecords = 2000

    /// Reads all settings.
    static var variable: Variable<WrapperSettings> {
        Variable { environment, faults in
            let values = environment.read(
                &faults,
                .optional(
                    "CRM_ALLOWED_OBJECTS", default: WrapperSettings().allowedObjects,
                    expecting: "a comma-separated list of objects' API names, such as Lead,Contact", parse: objects),
                .optional("CRM_MAX_RECORDS", default: 2000, in: 1...1_000_000))
            return values.map { WrapperSettings(allowedObjects: $0, maximumRecords: $1) }
        }
    }

    private static func objects(_ text: String) -> Set<APIName>? {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            APIName(String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
        }
        let objects = names.compactMap(\.self)
        return objects.count == names.count ? Set(objects) : nil
    }
}
