import JSON

/// The prompts that the participant hears or reads.
extension FlowPlayer {
    /// Shows a prompt: its words, or the name of its recording; nothing where there is none.
    func prompt(_ parameters: JSONValue, of action: ContactFlow.Action) {
        guard let words = words(parameters, of: action) else { return }
        world.say(.connect(words))
    }

    private func words(_ parameters: JSONValue, of action: ContactFlow.Action) -> String? {
        if let text = parameters["Text"] {
            let words = contact.text(text)
            return words.starts(with: /\s*<speak\b/) ? SpokenText.plain(words) : Self.line(words)
        }
        if let ssml = parameters["SSML"] { return SpokenText.plain(contact.text(ssml)) }
        if let prompt = parameters["PromptId"] {
            let id = contact.text(prompt)
            // A console's export has the prompt's name beside the action's place.
            let data = flow.json["Metadata"]?["ActionMetadata"]?[action.identifier]
            let name = data?["parameters"]?["PromptId"]?["displayName"]?.string ?? data?["promptName"]?.string
            return "[prompt \((name.map { ["\($0),"] } ?? []).joined())\(name == nil ? "" : " ")\(id)]"
        }
        return parameters["Media"].map { "[audio \(contact.text($0["Uri"]))]" }
    }

    /// Returns a text on one line.
    static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Plays prompts over and over: until an agent accepts or the hold is over, or until the block's time is over and the
    /// flow goes on.
    mutating func loopPrompts(_ action: ContactFlow.Action) async throws -> Way {
        for message in action.parameters["Messages"]?.array ?? [] { prompt(message, of: action) }
        let seconds = contact.text(action.parameters["InterruptFrequencySeconds"])
        guard !seconds.isEmpty, let next = condition(action, on: "MessagesInterrupted") else {
            world.say("(Repeats that until the flow is interrupted.)")
            return .over
        }
        world.say("(Repeats that for \(seconds) s.)")
        world.hint("(An empty line when they are over, or: hang up.)")
        return try await ask() == nil ? .over : .to(next)
    }
}
