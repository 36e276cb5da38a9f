/// A type of block in Amazon Connect's flow language: what it takes, and where it may stand.
///
/// From the pages of "Actions in the Amazon Connect Flow language" in the Amazon Connect API Reference, of its blocks in
/// the Administrator Guide, and from what CreateContactFlow has been seen to refuse.
struct FlowBlock: Sendable {
    /// What becomes of the contact behind a block.
    enum Course {
        /// The flow goes on with another block.
        case goesOn
        /// The contact goes elsewhere; there are branches for a failure.
        case handsOver
        /// Prompts are played until the flow is interrupted.
        case loops
        /// The flow ends: the block takes no transitions at all.
        case ends
    }

    /// The one channel that a block works in; in others it takes its error branch.
    enum Channel: String {
        case voice, chat, task, email
    }

    let type: String
    /// The parameters that the block's page names; nil where no page does.
    var parameters: Set<String>?
    /// Those without which the page's block makes no sense, and branches that the page asks for, although nobody has seen
    /// CreateContactFlow refuse a block without them.
    var wanted: [String] = []
    var wantedErrors: [String] = []
    /// The flows that may have it; nil for all.
    var flowTypes: Set<FlowType>?
    var channel: Channel?
    var course = Course.goesOn
    /// What CreateContactFlow refuses to do without.
    var rules: [BlockRule] = []

    /// Every type of block, by its name.
    static let all = Dictionary((participant + contact + flowControl + interactions).map { ($0.type, $0) }) { $1 }

    /// The type that a wrong name most likely means: the same letters in another case.
    static func like(_ type: String) -> String? {
        all.keys.first { $0.lowercased() == type.lowercased() }
    }
}

extension ContactFlow.Action {
    /// What is known of blocks of its type; nil for an unknown one.
    var block: FlowBlock? { FlowBlock.all[type] }
}
