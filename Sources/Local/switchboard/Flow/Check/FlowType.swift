import JSON

/// The kind of a contact flow, which says what blocks it may have.
///
/// "CreateContactFlow" in the Amazon Connect API Reference; the console's exports write the same names in another case.
enum FlowType: String, CaseIterable {
    case contactFlow = "CONTACT_FLOW"
    case customerQueue = "CUSTOMER_QUEUE"
    case customerHold = "CUSTOMER_HOLD"
    case customerWhisper = "CUSTOMER_WHISPER"
    case agentHold = "AGENT_HOLD"
    case agentWhisper = "AGENT_WHISPER"
    case outboundWhisper = "OUTBOUND_WHISPER"
    case agentTransfer = "AGENT_TRANSFER"
    case queueTransfer = "QUEUE_TRANSFER"
    /// A flow that others invoke: whoever invokes it decides what its blocks may do.
    case module = "MODULE"
    case campaign = "CAMPAIGN"

    /// The type of that name, `CONTACT_FLOW` as well as `contactFlow`; nil for an unknown one.
    init?(named name: String) {
        let plain = { (name: String) in name.lowercased().filter(\.isLetter) }
        guard let type = Self.allCases.first(where: { plain($0.rawValue) == plain(name) }) else { return nil }
        self = type
    }

    /// Types whose flows end by themselves: the hold, the waiting or the whisper is over.
    var endsByItself: Bool {
        switch self {
        case .customerQueue, .customerHold, .customerWhisper, .agentHold, .agentWhisper, .outboundWhisper: true
        case .contactFlow, .agentTransfer, .queueTransfer, .module, .campaign: false
        }
    }
}

extension FlowType {
    /// Types whose flows run in calls alone.
    var isOfCalls: Bool {
        switch self {
        case .customerHold, .agentHold, .customerWhisper, .agentWhisper, .outboundWhisper: true
        default: false
        }
    }
}

extension Set<FlowType> {
    /// Flows that decide where a contact goes.
    static let routing: Set<FlowType> = [.contactFlow, .agentTransfer, .queueTransfer]
    /// Flows that a contact can answer to.
    static let interactive: Set<FlowType> = [.contactFlow, .agentTransfer, .queueTransfer, .customerQueue]
    static let allButHolds: Set<FlowType> = [
        .contactFlow, .agentTransfer, .queueTransfer, .customerQueue, .customerWhisper, .agentWhisper, .outboundWhisper,
    ]
}

extension ContactFlow {
    /// The type that an export of the console carries in its metadata; nil without one.
    var type: FlowType? { json["Metadata"]?["type"]?.string.flatMap(FlowType.init(named:)) }
}
