package import JSON

/// The event of a contact flow's "Invoke AWS Lambda function" block, or of a direct invoke in its place.
///
/// An event with neither `Details` nor `Name` is a direct invoke: the object itself holds the parameters, and the
/// contact is empty. Amazon Connect Administrator Guide, "Grant Amazon Connect access to your AWS Lambda functions".
package struct ContactFlowEvent: Sendable, Equatable {
    /// The contact; every part may be missing.
    package let contact: ContactData
    /// The parameters that the block passes to the function.
    package let parameters: Parameters
    /// True for an event without a flow: the whole event is the parameters.
    package let isDirect: Bool

    package init(
        contact: ContactData = ContactData(), parameters: Parameters = Parameters(), isDirect: Bool = false
    ) {
        self.contact = contact
        self.parameters = parameters
        self.isDirect = isDirect
    }
}

extension ContactFlowEvent {
    /// The id of the call that the event is about, in whichever contact the flow runs; empty when there is none.
    ///
    /// The parameter `callContactId`; else, in a guide's own contact, `RelatedContactId`; else `ContactId`. An agent's
    /// guide runs in a new contact each time that the call is offered, so its own id does not identify the call. Throws
    /// `InvalidInput` when the parameter is not a string.
    package var callContactID: String {
        get throws(InvalidInput) {
            if let given = try parameters.text("callContactId") { return given }
            if contact.isGuide, let call = contact.relatedContactID, !call.isEmpty { return call }
            return contact.contactID
        }
    }
}

extension ContactFlowEvent: JSONReadable {
    /// Throws `InvalidInput` for an event that is not an object, or whose `Details`, `ContactData` or `Parameters` is
    /// neither an object nor null nor missing.
    package init(_ json: JSONValue) throws {
        guard case .object(let event) = json else {
            throw InvalidInput(
                "The event must be a JSON object: a contact flow's event with Details, or the parameters themselves.")
        }
        guard event["Details"] != nil || event["Name"] != nil else {
            self.init(parameters: Parameters(event), isDirect: true)
            return
        }
        let details = try Self.members(of: event["Details"], named: "Details")
        self.init(
            contact: ContactData(try Self.members(of: details["ContactData"], named: "Details.ContactData")),
            parameters: Parameters(try Self.members(of: details["Parameters"], named: "Details.Parameters")))
    }

    private static func members(of value: JSONValue?, named name: String) throws(InvalidInput) -> [String: JSONValue] {
        switch value ?? .null {
        case .object(let members): return members
        case .null: return [:]
        default: throw InvalidInput("\(name) must be a JSON object.")
        }
    }
}
