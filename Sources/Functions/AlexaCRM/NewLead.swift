import Idempotency
import JSON
import Alexa
import Settings

/// A lead to create, with every value that the CRM requires; personal data.
struct NewLead: Sendable, Equatable {
    let firstName: String?
    let lastName: String
    let company: String

    /// The values that are still missing.
    enum Gap: Error {
        case lastName
        case company
    }

    /// Reads the filled slots.
    init(_ intent: Intent) throws(Gap) {
        // A slot that the speaker took back is asked for again.
        func value(_ slot: String) -> String? {
            intent.slots[slot]?.confirmationStatus == .denied ? nil : intent.value(of: slot)
        }
        guard let lastName = value("lastName") else { throw .lastName }
        guard let company = value("company") else { throw .company }
        firstName = value("firstName")
        self.lastName = lastName
        self.company = company
    }

    /// Reads the session attribute of a lead that awaits confirmation.
    init?(_ json: JSONValue) {
        guard let lastName = json["lastName"]?.string, let company = json["company"]?.string else { return nil }
        firstName = json["firstName"]?.string
        self.lastName = lastName
        self.company = company
    }

    var json: JSONValue {
        .members([
            "firstName": firstName.map(JSONValue.string), "lastName": .string(lastName), "company": .string(company),
        ])
    }

    /// True when no value is longer than a CRM's text field: 255 characters.
    var isOfReasonableLength: Bool {
        [firstName ?? "", lastName, company].allSatisfy { $0.unicodeScalars.count <= 255 }
    }

    /// The values for a sentence about the lead.
    var spoken: [String: String] { ["name": fullName, "company": company] }

    var fullName: String { [firstName, lastName].compactMap(\.self).joined(separator: " ") }

    /// Returns the key that repeats of its creation in one conversation share.
    func key(session: String) -> IdempotencyKey {
        IdempotencyKey(
            function: "AlexaCRM", contactID: session, template: "Lead", destination: "",
            content: [firstName ?? "", lastName, company])
    }
}
