import LambdaRuntime
import Alexa
import Messaging

/// A lead to create, when all is there that the CRM requires; personal data.
struct NewLead: Sendable, Equatable {
    let firstName: String?
    let lastName: String
    let company: String

    /// What is still missing.
    enum Gap: Error {
        case lastName
        case company
    }

    /// From the slots that were filled.
    init(_ intent: Intent) throws(Gap) {
        guard let lastName = intent.value(of: "lastName") else { throw .lastName }
        guard let company = intent.value(of: "company") else { throw .company }
        firstName = intent.value(of: "firstName")
        self.lastName = lastName
        self.company = company
    }

    /// From the session in which it was asked whether to create it.
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

    var fullName: String { [firstName, lastName].compactMap(\.self).joined(separator: " ") }

    /// What repeats of its creation in one conversation share.
    func key(session: String) -> IdempotencyKey {
        IdempotencyKey(
            function: "AlexaCRM", contactID: session, template: "Lead", destination: "",
            content: [firstName ?? "", lastName, company])
    }
}
