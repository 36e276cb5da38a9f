/// A type of block in Amazon Connect's flow language, with its parameters and the flows that allow it.
///
/// From "Actions in the Amazon Connect Flow language" in the Amazon Connect API Reference, the pages of blocks in the
/// Administrator Guide, and refusals of CreateContactFlow that others have published.
struct FlowBlock: Sendable {
    /// The contact's way on from a block.
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
    /// Parameters and branches that the block's page requires, without which CreateContactFlow has not been seen to
    /// refuse a block.
    var wanted: [String] = []
    var wantedErrors: [String] = []
    /// The flows that may have it; nil for all.
    var flowTypes: Set<FlowType>?
    var channel: Channel?
    var course = Course.goesOn
    /// The name by which Amazon Connect takes the block, where its page has another one.
    var takenAs: String?
    /// The rules that CreateContactFlow enforces for the block.
    var rules: [BlockRule] = []

    /// Every type of block, by its name.
    static let all = Dictionary((participant + contact + flowControl + interactions).map { ($0.type, $0) }) { $1 }

    /// Returns the type that a wrong name most likely means: the same letters in another case, or a block's name in the
    /// console or in exports of before 2019.
    static func like(_ type: String) -> String? { meant[plain(type)] }

    /// The types by their own names and by others, as far as a slip of the keyboard leaves those alike.
    private static let meant = Dictionary(
        all.keys.sorted().map { (plain($0), $0) } + otherNames.map { (plain($0.key), $0.value) }
    ) { first, _ in first }

    private static func plain(_ name: String) -> String { name.lowercased().filter { $0 != " " } }

    private static let otherNames = [
        "CheckAttribute": "Compare", "CheckContactAttributes": "Compare", "CheckQueueStatus": "CheckMetricData",
        "CheckStaffing": "CheckMetricData", "Disconnect": "DisconnectParticipant",
        "GetCustomerInput": "GetParticipantInput", "GetUserInput": "GetParticipantInput",
        "InvokeExternalResource": "InvokeLambdaFunction", "InvokeLambda": "InvokeLambdaFunction",
        "InvokeModule": "InvokeFlowModule", "LoopPrompts": "MessageParticipantIteratively",
        "PlayPrompt": "MessageParticipant", "SetAttributes": "UpdateContactAttributes",
        "SetCallbackNumber": "UpdateContactCallbackNumber", "SetContactAttributes": "UpdateContactAttributes",
        "SetEventHook": "UpdateContactEventHooks", "SetLoggingBehavior": "UpdateFlowLoggingBehavior",
        "SetQueue": "UpdateContactTargetQueue", "SetRecordingBehavior": "UpdateContactRecordingBehavior",
        "SetVoice": "UpdateContactTextToSpeechVoice", "SetWorkingQueue": "UpdateContactTargetQueue",
        "StoreCustomerInput": "GetParticipantInput", "StoreUserInput": "GetParticipantInput",
        "Transfer": "TransferContactToQueue", "TransferToPhoneNumber": "TransferParticipantToThirdParty",
        "TransferToQueue": "TransferContactToQueue",
    ]
}

extension ContactFlow.Action {
    /// The row of its type; nil for an unknown one.
    var block: FlowBlock? { FlowBlock.all[type] }
}
