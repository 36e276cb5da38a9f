import JSON

/// Notes on one block by itself.
extension FlowNotes {
    /// Returns notes on parameters and branches that differ from those on the block's page.
    func page(_ action: ContactFlow.Action) -> [String] {
        guard let block = action.block else { return [] }
        let named = Set(action.parameters.object?.keys.map { String($0) } ?? [])
        let refused = block.rules.compactMap { if case .takesNo(let name, _) = $0 { name } else { nil } }
        let unknown = block.parameters.map { named.subtracting($0).subtracting(refused).sorted() } ?? []
        let name = block.takenAs.map { ["is refused under the name on its page, as others report: write \($0)."] } ?? []
        return name + unknown.map { "has a parameter that is unknown here: \($0). Is it spelled so?" }
            + block.wanted.filter { action.parameter($0) == nil }.map {
                "has no \($0), which the block's page asks for."
            }
            + block.wantedErrors.filter { error in !action.errors.contains { $0.type == error } }.map {
                "has no branch for \($0), which the block's page asks for."
            }
            + Set(action.conditions.map(\.operator)).subtracting(Self.operators).sorted().map {
                "has a condition with an operator that is unknown here: \($0). Is it spelled so?"
            }
            + (action.prompts.dropFirst().contains { Self.prompts(in: $0) != 1 }
                ? ["has a message that is not exactly one of Text, SSML, PromptId, Media."] : [])
            + (action.type != "MessageParticipant" && Self.prompts(in: action.parameters) > 1
                ? ["has more than one of Text, SSML, PromptId, Media: one of them is played."] : [])
    }

    /// "Actions in the Amazon Connect Flow language", and KeyExists of the console's exports.
    private static let operators: Set = [
        "Equals", "TextStartsWith", "TextEndsWith", "TextContains", "NumberGreaterThan", "NumberGreaterOrEqualTo",
        "NumberLessThan", "NumberLessOrEqualTo", "KeyExists",
    ]

    /// Returns the number of prompts in a message or in a block's parameters.
    private static func prompts(in message: JSONValue) -> Int {
        ["Text", "SSML", "PromptId", "Media"].count { message[$0].map { !$0.isEmptyText } ?? false }
    }

    /// Returns notes on addresses and numbers that nobody has.
    func examples(_ action: ContactFlow.Action) -> [String] {
        let found = action.texts.filter { $0.use == .address }.flatMap { StandInAddress.examples(in: $0.text) }
        return Set(found).sorted().map { "has \($0), which is reserved for examples: nobody is reached there." }
    }

    /// Returns notes on views that are named as the preview of guides did.
    func view(_ action: ContactFlow.Action) -> [String] {
        guard action.type == "ShowView", let id = action.parameter("ViewResource.Id")?.string else { return [] }
        return id.hasPrefix("$") || Self.isViewARN(id)
            ? []
            : [
                "names its view as the preview did: write arn:aws:connect:<region>:aws:view/\(id):1, with your "
                    + "partition and region."
            ]
    }

    /// Returns true for `arn:aws:connect:<region>:<owner>:…view/<name>:<version>`.
    private static func isViewARN(_ id: String) -> Bool {
        let plain = MarkerScanner(id).rest
        let parts = plain.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "connect", !parts[1].isEmpty, !parts[3].isEmpty,
            !parts[4].isEmpty, let name = parts[5].split(separator: "/").last
        else { return false }
        let hasVersion = name.split(separator: ":").count == 2
        return hasVersion && parts[5].dropLast(name.utf8.count).hasSuffix("view/")
    }
}
