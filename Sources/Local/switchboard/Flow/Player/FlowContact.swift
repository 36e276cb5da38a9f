import Foundation
import JSON

/// A contact while a flow handles it.
struct FlowContact: Sendable {
    static let region = "eu-central-1"
    static let instance = "arn:aws:connect:\(region):123456789012:instance/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"

    let id: String
    /// The customer's number in E.164; nil when it is withheld.
    let customer: String?
    /// The number that was called; nil in an agent's guide.
    let system: String?
    /// The id of the call that an agent's guide is shown for; nil for a call itself.
    let call: String?
    var channel = "VOICE"
    var attributes: [String: JSONValue] = [:]
    /// The attributes of the current flow, which the next one does not see.
    var flowAttributes: [String: JSONValue] = [:]
    /// The last function's response; nil before one, and after a failure.
    var external: JSONValue?
    /// The customer profile that was found.
    var profile: JSONValue?
    /// The agent's result of the last view.
    var views: JSONValue?
    /// The input that `GetParticipantInput` stored.
    var storedInput: String?
    /// The intent that a bot found in the caller's words.
    var lex: JSONValue?
    /// The queue that was set: its name and ARN.
    var queue: JSONValue?
    /// The number for a callback that was set.
    var callbackNumber: String?
    /// The values that only some blocks set, by their namespace: `Metrics`, `MediaStreams`, `Loop`, `Modules`, `Tags`,
    /// `Name`.
    var others: [String: JSONValue] = [:]
    /// Segment attributes that the flow has set.
    var segmentAttributes: [String: JSONValue] = [:]

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

    /// The subtype of the channel, as `SegmentAttributes` have it.
    var subtype: String { call == nil ? "connect:Telephony" : "connect:Guide" }
}
