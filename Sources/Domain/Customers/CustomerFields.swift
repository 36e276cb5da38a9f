package import Salesforce
package import Settings

/// The objects that customers are looked for in, and their fields.
package struct CustomerFields: Sendable, Equatable {
    /// A field of the org's own that a look-up answers too.
    package struct Extra: Sendable, Hashable {
        package let object: CustomerObject
        package let field: APIName

        /// The name of its value in the response, such as `Contact_Tier__c`.
        package var name: String { "\(object.rawValue)_\(field.text)" }
    }

    /// `CRM_OBJECTS`, in order of preference.
    package var objects: [CustomerObject] = [.contact, .lead, .account]
    /// `CRM_CONTACT_PHONE_FIELDS`, `CRM_LEAD_PHONE_FIELDS` and `CRM_ACCOUNT_PHONE_FIELDS`.
    package var phones: [CustomerObject: [APIName]] = [
        .contact: ["Phone", "MobilePhone", "HomePhone", "OtherPhone"], .lead: ["Phone", "MobilePhone"],
        .account: ["Phone"],
    ]
    /// `CRM_EXTRA_FIELDS`.
    package var extras: [Extra] = []

    package init() {}
}

extension CustomerFields {
    /// Reads all of them. Fields whose query would be too long to be sent are a fault.
    package static var variable: Variable<CustomerFields> {
        Variable { environment, faults in
            let standard = CustomerFields()
            guard
                let (objects, contact, lead, account, extras) = environment.read(
                    &faults,
                    .optional(
                        "CRM_OBJECTS", default: standard.objects,
                        expecting: "a comma-separated list of Contact, Lead and Account, each once at most",
                        parse: objects),
                    phones("CRM_CONTACT_PHONE_FIELDS", of: .contact), phones("CRM_LEAD_PHONE_FIELDS", of: .lead),
                    phones("CRM_ACCOUNT_PHONE_FIELDS", of: .account),
                    .optional(
                        "CRM_EXTRA_FIELDS", default: [],
                        expecting: "a comma-separated list of fields of Contact, Lead and Account, each once, such as "
                            + "Contact.Tier__c,Account.Segment__c", parse: extras))
            else { return nil }
            var fields = CustomerFields()
            fields.objects = objects
            fields.phones = [.contact: contact, .lead: lead, .account: account]
            fields.extras = extras
            guard !CustomerQuery.isTooLong(fields) else {
                faults.append(
                    "CRM_EXTRA_FIELDS and the phone fields are too many: a query with all of them is longer than "
                        + "Salesforce takes.")
                return nil
            }
            return fields
        }
    }

    /// Reads the phone fields of one object.
    package static func phones(_ variable: String, of object: CustomerObject) -> Variable<[APIName]> {
        .optional(
            variable, default: CustomerFields().phones[object] ?? [],
            expecting: "a comma-separated list of fields of \(object.rawValue), such as Phone", parse: APIName.list)
    }

    private static func objects(_ text: String) -> [CustomerObject]? {
        let elements = text.listElements
        let objects = elements.compactMap { CustomerObject(parsing: $0) }
        guard !objects.isEmpty, objects.count == elements.count, Set(objects).count == objects.count else { return nil }
        return objects
    }

    private static func extras(_ text: String) -> [Extra]? {
        let elements = text.listElements
        let extras = elements.compactMap { element -> Extra? in
            let parts = element.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, let object = CustomerObject(parsing: parts[0]), let field = APIName(parts[1]) else {
                return nil
            }
            return Extra(object: object, field: field)
        }
        guard extras.count == elements.count, Set(extras.map { $0.name.lowercased() }).count == extras.count else {
            return nil
        }
        return extras
    }
}
