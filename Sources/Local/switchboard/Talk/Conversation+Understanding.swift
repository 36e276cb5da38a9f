/// The interpretation of typed text: an intent, or a reply to the dialog model's question.
extension Conversation {
    mutating func understand(_ text: String) async {
        guard let invocation = Invocation(text, name: model.languageModel.invocationName) else {
            guard session != nil else { return await understandWithoutSession(text) }
            return await command(matcher.match(text))
        }
        guard !invocation.rest.isEmpty else {
            open()
            return await send(requests.launch())
        }
        // A new "ask …" begins a new session.
        session = nil
        await command(matcher.match(invocation.connected) ?? matcher.match(invocation.rest))
    }

    /// The intents that need no name while the skill plays, or was the last to: "AudioPlayer Interface Reference", built-in
    /// intents for playback.
    private static let playback: Set = Set(
        [
            "Cancel", "LoopOff", "LoopOn", "Next", "Pause", "Previous", "Repeat", "Resume", "ShuffleOff", "ShuffleOn",
            "StartOver",
        ].map { "AMAZON.\($0)Intent" })

    /// Passes on the player's own phrases alone: everything else without the skill's name is for Alexa herself.
    private mutating func understandWithoutSession(_ text: String) async {
        if player.token != nil, let match = matcher.match(text).map(meant), Self.playback.contains(match.intent) {
            return await begin(match)
        }
        let opening = Invocation.opening(model.languageModel.invocationName, locale: requests.locale)
        lines.append("(Alexa does not pass that on, since no session is open. Say \"\(opening)\".)")
    }

    /// Returns Alexa's meaning of "stop" without a session: a pause.
    private func meant(_ match: UtteranceMatcher.Match) -> UtteranceMatcher.Match {
        guard match.intent == "AMAZON.StopIntent", model.intent("AMAZON.PauseIntent") != nil else { return match }
        return .init(intent: "AMAZON.PauseIntent", slots: [:])
    }

    private mutating func command(_ understood: UtteranceMatcher.Match?) async {
        let match =
            understood
            ?? model.intent("AMAZON.FallbackIntent").map { UtteranceMatcher.Match(intent: $0.name, slots: [:]) }
        guard let match else {
            lines.append("(No sample utterance fits, and the model has no AMAZON.FallbackIntent.)")
            return
        }
        await begin(match)
    }

    private mutating func begin(_ match: UtteranceMatcher.Match) async {
        if session == nil { open() }
        dialog = OpenDialog(match, model)
        await proceed()
    }

    /// Sends the intent, or first asks the dialog model's question.
    mutating func proceed(turns: Int = 0) async {
        guard let state = dialog else { return }
        if let described = model.dialog(of: state.intent), model.isDelegated(described), !ask() {
            dialog?.progress = "COMPLETED"
        }
        if let dialog, dialog.question == nil {
            await send(requests.intent(dialog), turns: turns)
        }
    }

    /// Asks the dialog model's next question; returns false when there is none.
    mutating func ask() -> Bool {
        guard var state = dialog else { return false }
        let step = state.next(model)
        if case .ask(let question, let prompt) = step {
            state.question = question
            state.progress = "IN_PROGRESS"
            reprompt = prompt
            say(prompt)
            events?.prompted(prompt)
        }
        dialog = state
        return step != .complete
    }

    mutating func answer(_ text: String, to question: OpenDialog.Question) async {
        guard var state = dialog, let intent = model.intent(state.intent) else { return await understand(text) }
        state.question = nil
        if state.progress != nil {
            state.progress = "IN_PROGRESS"
        }
        switch question {
        case .value(let name):
            // "Stop", "help" and other phrases without a slot are not values; they leave the dialog.
            if let match = matcher.match(text), match.isLiteral, match.intent != state.intent {
                return await begin(match)
            }
            for (slot, value) in matcher.answer(text, to: name, of: intent) {
                state.slots[slot] = OpenDialog.Slot(value: value)
            }
        case .confirmation, .intentConfirmation:
            guard matcher.isYes(text) || matcher.isNo(text) else { return await understand(text) }
            let status = matcher.isYes(text) ? "CONFIRMED" : "DENIED"
            if case .confirmation(let slot) = question {
                state.slots[slot]?.confirmation = status
            } else {
                state.confirmation = status
                state.progress = state.progress == nil ? nil : "COMPLETED"
            }
        }
        dialog = state
        await proceed()
    }
}
