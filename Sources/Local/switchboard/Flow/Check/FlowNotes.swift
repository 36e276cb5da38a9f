import JSON

/// The notes on a contact flow: Amazon Connect accepts it, but the author may have meant something else.
struct FlowNotes {
    let flow: ContactFlow
    /// The flow's type; nil when it is unknown.
    let type: FlowType?
    /// The attributes that the other checked flows set.
    let attributes: FlowAttributes

    /// "Limits" of the Show view block in the Administrator Guide, in bytes; of prompts, in characters that are billed.
    private static let largestViewData = 8192
    private static let longestPrompt = 3000

    /// One sentence per note, in the order of the actions.
    var all: [String] {
        let own = FlowAttributes([flow])
        let isForCalls = isForCalls
        let (early, viewData) = (earlyRecordings, viewDataSizes)
        var notes: [String] = []
        if flow.hasByteOrderMark {
            notes.append("The file begins with a byte order mark, which is passed over here: save it without one.")
        }
        for action in flow.actions {
            var found =
                page(action) + place(action, isForCalls: isForCalls) + size(action, viewData[action.identifier])
                + view(action) + examples(action)
            if early.contains(action.identifier) {
                found.append("records before anything is said: tell callers first that you record.")
            }
            let unset = FlowAttributes.read(by: action).filter { !own.contains($0) && !attributes.contains($0) }
            found += unset.sorted().map { "reads $.Attributes.\($0), which no flow checked here sets." }
            notes += found.map { "\(action.title) \($0)" }
        }
        if !ends {
            notes.append("No action ends the flow: a contact stays in it until it hangs up.")
        }
        return notes
    }

    /// Returns notes on blocks that the flow's type does not allow, and on those of another channel.
    private func place(_ action: ContactFlow.Action, isForCalls: Bool) -> [String] {
        guard let block = action.block else { return [] }
        var notes: [String] = []
        if let type, let allowed = block.flowTypes, type != .module, type != .campaign, !allowed.contains(type) {
            notes.append("is not for flows of the type \(type.rawValue), by its page: use a block that is.")
        }
        if block.channel == .chat, isForCalls {
            notes.append("works in chats alone: in a call it takes its error branch.")
        }
        return notes
    }

    /// True when calls come to the flow: it has blocks that chats and guides do not have, or none of theirs.
    private var isForCalls: Bool {
        let hasCalls = flow.actions.contains { action in
            action.block?.channel == .voice || ["SSML", "PromptId", "Media"].contains { action.parameter($0) != nil }
                || !recorded(by: action).isEmpty
        }
        let hasChats = flow.actions.contains { action in
            action.block?.channel == .chat && action.type != "Wait" || action.parameter("ChatBehavior") != nil
                || action.type == "Compare" && action.reads("Channel")
        }
        return hasCalls || !hasChats || type?.isOfCalls == true
    }

    private func size(_ action: ContactFlow.Action, _ viewData: Int?) -> [String] {
        var notes: [String] = []
        for text in action.prompts.flatMap({ [$0["Text"]?.string, $0["SSML"]?.string].compactMap { $0 } })
        where text.count > Self.longestPrompt {
            notes.append(
                "has a prompt of \(text.count) characters, and \(Self.longestPrompt) are read at most: split it.")
        }
        if let size = viewData, size > Self.largestViewData {
            notes.append("has ViewData of \(size) bytes, and views take \(Self.largestViewData): shorten it.")
        }
        return notes
    }

    /// The size in bytes of each action's ViewData in the file, by identifier.
    private var viewDataSizes: [String: Int] {
        guard flow.actions.contains(where: { $0.parameter("ViewData") != nil }),
            let document = try? RawJSON(checking: flow.bytes)
        else { return [:] }
        let actions = document.member("Actions")?.elements ?? []
        return Dictionary(
            actions.compactMap { action in
                guard let name = action.member("Identifier")?.string,
                    let data = action.member("Parameters")?.member("ViewData")
                else { return nil }
                return (name, data.bytes.count)
            }, uniquingKeysWith: max)
    }

    /// The recordings that some path from the start reaches before any prompt.
    private var earlyRecordings: Set<String> {
        if type?.endsByItself == true { return [] }
        let silent = flow.reached { !Self.speaks($0) }
        return silent.filter { flow[$0].map { !recorded(by: $0).isEmpty } ?? false }
    }

    private static func speaks(_ action: ContactFlow.Action) -> Bool {
        [
            "MessageParticipant", "MessageParticipantIteratively", "GetParticipantInput",
            "ConnectParticipantWithLexBot",
        ].contains(action.type)
    }

    private func recorded(by action: ContactFlow.Action) -> [JSONValue] {
        let behaviors = ["RecordingBehavior", "VoiceBehavior.VoiceRecordingBehavior"]
        return behaviors.flatMap { action.parameter($0 + ".RecordedParticipants")?.array ?? [] }
    }

    private var ends: Bool {
        type?.endsByItself == true || flow.actions.isEmpty
            || flow.actions.contains { action in
                switch action.block?.course {
                case .ends, .handsOver, .loops: true
                case .goesOn: action.has("ContinueFlowExecution", "False")
                case nil: false
                }
            }
    }
}

extension RawJSON {
    /// Returns the value of a member, nil where there is none.
    fileprivate func member(_ name: String) -> RawJSON? { members?.last { $0.name == name }?.value }
}
