import AmazonConnect
import JSON
import LambdaRuntime
import VoiceAuth

/// The validated event.
struct VoiceRequest {
    enum Phase: String, CaseIterable {
        case begin
        case result
        case confirm
        case optout
        case delete
    }

    let phase: Phase
    /// The call's contact id, also from an agent's guide, which is a contact of its own; nil where the event names none.
    let contactID: String?
    /// The caller's number as shown by Connect; nil when it is withheld.
    let number: CallerIdentity?
    /// The identity that the flow passes; nil when it passes none.
    let given: GivenIdentity?
    /// True when the flow has authenticated the caller in another way.
    let isAllowed: Bool

    enum GivenIdentity {
        case identity(CallerIdentity)
        /// The identity is a placeholder of a withheld number.
        case withheld
    }

    private static let longestIdentity = 256

    /// Throws `Function.InvalidRequest`.
    init(_ event: ContactFlowEvent, binding: VoiceRules.Binding) throws {
        let parameters = event.parameters
        guard let phase = Phase(rawValue: try parameters.text("phase") ?? Phase.begin.rawValue) else {
            throw FunctionError(
                .invalidRequest, "The parameter phase must be begin, result, confirm, optout or delete.")
        }
        // A begin belongs to the call's own contact.
        let named = phase == .begin ? event.contact.contactID : try event.callContactID
        let contactID = named.isEmpty ? nil : named
        if binding == .contact, contactID == nil, [.begin, .result, .confirm].contains(phase) {
            throw FunctionError(
                .invalidRequest,
                "The event has no Details.ContactData.ContactId, which VOICE_AUTH_BINDING=contact requires."
            )
        }
        let identity = try parameters.text("identity")
        guard identity?.utf8.count ?? 0 <= Self.longestIdentity else {
            throw FunctionError(
                .invalidRequest, "The parameter identity must have at most \(Self.longestIdentity) bytes.")
        }
        self.phase = phase
        self.contactID = contactID
        guard phase != .confirm || contactID != nil else {
            throw FunctionError(.invalidRequest, "The event has no contact id: give the parameter callContactId.")
        }
        // An endpoint that is not a telephone's is not a number, whatever it looks like.
        let endpoint = event.contact.customerEndpoint
        let isTelephone = endpoint?.type ?? "TELEPHONE_NUMBER" == "TELEPHONE_NUMBER"
        number = isTelephone ? CallerIdentity(number: endpoint?.address) : nil
        given = identity.map { CallerIdentity(identity: $0).map(GivenIdentity.identity) ?? .withheld }
        isAllowed = try Self.isAllowed(parameters)
    }

    /// Returns true for the schedule's event: exactly `{"phase":"sweep"}`, which no flow sends.
    static func isSweep(_ event: ContactFlowEvent) -> Bool {
        event.isDirect && event.parameters.names == ["phase"] && event.parameters["phase"] == .string("sweep")
    }

    private static func isAllowed(_ parameters: Parameters) throws -> Bool {
        switch parameters["enrollmentAllowed"] ?? .null {
        case .null, .string(""), .string("false"), .bool(false): return false
        case .string("true"), .bool(true): return true
        default:
            throw FunctionError(.invalidRequest, "The parameter enrollmentAllowed must be true or false.")
        }
    }
}
