import JSON

/// The kind of a contact flow, which decides the blocks it may have.
///
/// "CreateContactFlow" in the Amazon Connect API Reference; the console's exports use the same names in another case.
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
    /// A flow that others invoke: the invoking flow decides what its blocks may do.
    case module = "MODULE"
    case campaign = "CAMPAIGN"

    /// Returns the type of that name, `CONTACT_FLOW` as well as `contactFlow`; nil for an unknown one.
    init?(named name: String) {
        let plain = { (name: String) in name.lowercased().filter(\.isLetter) }
        guard let type = Self.allCases.first(where: { plain($0.rawValue) == plain(name) }) else { return nil }
        self = type
    }

    /// True for types whose flows end by themselves: the hold, the waiting or the whisper is over.
    var endsByItself: Bool {
        switch self {
        case .customerQueue, .customerHold, .customerWhisper, .agentHold, .agentWhisper, .outboundWhisper: true
        case .contactFlow, .agentTransfer, .queueTransfer, .module, .campaign: false
        }
    }
}

extension FlowType {
    /// True for types whose flows run only in calls.
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
    /// Flows that a contact can respond to.
    static let interactive: Set<FlowType> = [.contactFlow, .agentTransfer, .queueTransfer, .customerQueue]
    static let allButHolds: Set<FlowType> = [
        .contactFlow, .agentTransfer, .queueTransfer, .customerQueue, .customerWhisper, .agentWhisper, .outboundWhisper,
    ]
}

extension ContactFlow {
    /// The type in the metadata of a console's export; nil without one.
    var type: FlowType? { json["Metadata"]?["type"]?.string.flatMap(FlowType.init(named:)) }
}
