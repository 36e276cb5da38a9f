import Connect
import LambdaRuntime
import VoiceAuth

/// What an event asks for, checked.
struct VoiceRequest {
    enum Phase: String, CaseIterable {
        case begin
        case result
        case optout
        case delete
    }

    let phase: Phase
    /// Nil where the event names none: a direct invoke.
    let contactID: String?
    /// The caller's number as Connect shows it; nil when it is withheld.
    let number: CallerIdentity?
    /// What the flow passes as identity; nil when it passes none.
    let given: GivenIdentity?
    /// Whether the flow has checked the caller otherwise.
    let isAllowed: Bool

    enum GivenIdentity {
        case identity(CallerIdentity)
        /// It stands for a withheld number.
        case withheld
    }

    private static let longestIdentity = 256

    /// Throws `Function.InvalidRequest`.
    init(_ event: ContactFlowEvent, binding: VoiceRules.Binding) throws(FunctionError) {
        let parameters = event.parameters
        guard let phase = Phase(rawValue: try parameters.text("phase") ?? Phase.begin.rawValue) else {
            throw FunctionError(.invalidRequest, "The parameter phase must be begin, result, optout or delete.")
        }
        let contactID = event.contact.contactID.isEmpty ? nil : event.contact.contactID
        if binding == .contact, contactID == nil, phase == .begin || phase == .result {
            throw FunctionError(
                .invalidRequest,
                "The event has no Details.ContactData.ContactId, which VOICE_AUTH_BINDING=contact binds the session to."
            )
        }
        let identity = try parameters.text("identity")
        guard identity?.utf8.count ?? 0 <= Self.longestIdentity else {
            throw FunctionError(
                .invalidRequest, "The parameter identity must have at most \(Self.longestIdentity) bytes.")
        }
        self.phase = phase
        self.contactID = contactID
        // What is no telephone's address is no number, whatever it looks like.
        let endpoint = event.contact.customerEndpoint
        let isTelephone = endpoint?.type ?? "TELEPHONE_NUMBER" == "TELEPHONE_NUMBER"
        number = isTelephone ? CallerIdentity(number: endpoint?.address) : nil
        given = identity.map { CallerIdentity(identity: $0).map(GivenIdentity.identity) ?? .withheld }
        isAllowed = try Self.isAllowed(parameters)
    }

    private static func isAllowed(_ parameters: Parameters) throws(FunctionError) -> Bool {
        switch parameters["enrollmentAllowed"] ?? .null {
        case .null, .string(""), .string("false"), .bool(false): return false
        case .string("true"), .bool(true): return true
        default:
            throw FunctionError(.invalidRequest, "The parameter enrollmentAllowed must be true or false.")
        }
    }
}
