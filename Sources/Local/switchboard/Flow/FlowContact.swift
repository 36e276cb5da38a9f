import Foundation
import JSON

/// A contact while a flow handles it: the values of `$.…`, and the event of a function.
struct FlowContact: Sendable {
    static let instance = "arn:aws:connect:eu-central-1:123456789012:instance/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"

    let id: String
    /// The customer's number in E.164; nil when it is withheld.
    let customer: String?
    /// The number that was called; nil in an agent's guide.
    let system: String?
    /// The id of the call that an agent's guide is shown for; nil for a call itself.
    let call: String?
    var channel = "VOICE"
    var attributes: [String: JSONValue] = [:]
    /// The last function's response; nil before one, and after a failure.
    var external: JSONValue?
    /// The customer profile that was found.
    var profile: JSONValue?
    /// The agent's result of the last view.
    var views: JSONValue?
    /// The input that `GetParticipantInput` stored.
    var storedInput: String?

    init(customer: String?, system: String, id: String = UUID().uuidString.lowercased()) {
        self.customer = customer
        self.system = system
        self.id = id
        call = nil
    }

    /// Creates an agent's guide of a call: a chat without endpoints, with the attributes that the call has now.
    private init(guideOf contact: FlowContact, id: String) {
        customer = nil
        system = nil
        self.id = id
        call = contact.id
        channel = "CHAT"
        attributes = contact.attributes
    }

    /// Returns the contact in which an agent's guide of this call runs, a new one each time that the call is offered.
    func guide(id: String = UUID().uuidString.lowercased()) -> FlowContact {
        FlowContact(guideOf: self, id: id)
    }

    private var tree: JSONValue {
        .members([
            "ContactId": .string(id), "InitialContactId": .string(id), "Channel": .string(channel),
            "InstanceARN": .string(Self.instance), "LanguageCode": "en-US",
            "CustomerEndpoint": customer.map { ["Address": .string($0), "Type": "TELEPHONE_NUMBER"] },
            "SystemEndpoint": system.map { ["Address": .string($0), "Type": "TELEPHONE_NUMBER"] },
            "RelatedContactId": call.map(JSONValue.string), "Attributes": .object(attributes), "External": external,
            "Customer": profile, "Views": views,
            "StoredCustomerInput": storedInput.map(JSONValue.string),
        ])
    }

    /// Returns a parameter with its references resolved: a whole reference becomes the value itself, which may be an
    /// object; nil for one that has none. References within a string are replaced in it, by an empty string where they
    /// have no value.
    func value(_ parameter: JSONValue) -> JSONValue? {
        guard case .string(let text) = parameter else { return parameter }
        let tree = tree
        func value(at path: Substring) -> JSONValue? {
            path.split(separator: ".").dropFirst().reduce(tree as JSONValue?) { $0?[String($1)] }
        }
        if text.wholeMatch(of: Self.reference) != nil { return value(at: text[...]) }
        return .string(text.replacing(Self.reference) { value(at: $0.output)?.scalarText ?? "" })
    }

    /// Returns a parameter as a string; empty for a reference without a value.
    func text(_ parameter: JSONValue?) -> String {
        parameter.flatMap(value)?.scalarText ?? ""
    }

    /// Returns the event of an `InvokeLambdaFunction` block with these attributes.
    func event(_ parameters: [String: JSONValue]) -> [UInt8] {
        let isGuide = call != nil
        let data: JSONValue = [
            "Attributes": .object(attributes), "Channel": .string(channel), "ContactId": .string(id),
            "CustomerEndpoint": tree["CustomerEndpoint"] ?? .null, "CustomerId": .null, "Description": .null,
            "InitialContactId": .string(id), "InitiationMethod": isGuide ? "API" : "INBOUND",
            "InstanceARN": .string(Self.instance), "LanguageCode": "en-US",
            "MediaStreams": ["Customer": ["Audio": .null]], "Name": .null,
            "PreviousContactId": isGuide ? .null : .string(id), "Queue": .null, "References": [:],
            "RelatedContactId": call.map(JSONValue.string) ?? .null,
            "SegmentAttributes": [
                "connect:Subtype": ["ValueString": isGuide ? "connect:Guide" : "connect:Telephony"]
            ],
            "SystemEndpoint": tree["SystemEndpoint"] ?? .null, "Tags": [:],
        ]
        // A reference without a value is passed as an empty string.
        let parameters = parameters.mapValues { value($0) ?? "" }
        return JSONValue.object([
            "Name": "ContactFlowEvent", "Details": ["ContactData": data, "Parameters": .object(parameters)],
        ]).bytes
    }

    private static var reference: Regex<Substring> { /\$\.[A-Za-z][A-Za-z0-9_\-]*(?:\.[A-Za-z0-9_\-]+)*/ }
}
