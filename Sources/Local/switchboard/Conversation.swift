import Foundation
import LocalServices

/// A conversation with a skill: what is typed becomes requests as Alexa makes them, answers become lines.
struct Conversation {
    /// How often the skill may delegate in one turn before that is taken for a fault.
    private static let turns = 5

    let model: InteractionModel
    let matcher: UtteranceMatcher
    let requests: AlexaRequests
    /// Hands an event to the function.
    let invoke: (_ event: [UInt8]) async -> InvocationOutcome
    /// The progressive speeches since the last call.
    let progressive: () -> [String]

    private var session: AlexaRequests.Session?
    private var dialog: DialogState?
    private var reprompt = ""
    private var player: JSONValue = .object(["playerActivity": .string("IDLE")])
    private var lines: [String] = []

    init(
        _ model: InteractionModel, _ requests: AlexaRequests, locale: String,
        progressive: @escaping () -> [String] = { [] }, invoke: @escaping ([UInt8]) async -> InvocationOutcome
    ) {
        self.model = model
        self.requests = requests
        matcher = UtteranceMatcher(model, locale: locale)
        self.progressive = progressive
        self.invoke = invoke
    }

    /// Answers what a person said; nothing said brings the reprompt.
    mutating func hear(_ typed: String) async -> [String] {
        lines = []
        let text = typed.trimmingCharacters(in: .whitespaces)
        if text.isEmpty {
            if session != nil { say(reprompt) }
        } else if let asked = dialog?.question, dialog != nil {
            await answer(text, to: asked)
        } else {
            await understand(text)
        }
        return lines
    }

    /// Ends an open session, as closing the app does.
    mutating func end() async -> [String] {
        lines = []
        if session != nil {
            await send(requests.sessionEnded("USER_INITIATED"))
            session = nil
        }
        return lines
    }

    // MARK: Understanding

    private mutating func understand(_ text: String) async {
        guard let invocation = Invocation(text, name: model.languageModel.invocationName) else {
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
        dialog = DialogState(match, model)
        await proceed()
    }

    /// Sends the intent, or asks first what Alexa asks by herself.
    private mutating func proceed(turns: Int = 0) async {
        guard let state = dialog else { return }
        if let described = model.dialog(of: state.intent), model.isDelegated(described), !ask() {
            dialog?.progress = "COMPLETED"
        }
        if let dialog, dialog.question == nil {
            await send(requests.intent(dialog), turns: turns)
        }
    }

    /// Asks the dialog model's next question; false when there is none.
    private mutating func ask() -> Bool {
        guard var state = dialog else { return false }
        let step = state.next(model)
        if case .ask(let question, let prompt) = step {
            state.question = question
            state.progress = "IN_PROGRESS"
            reprompt = prompt
            say(prompt)
        }
        dialog = state
        return step != .complete
    }

    private mutating func answer(_ text: String, to question: DialogState.Question) async {
        guard var state = dialog, let intent = model.intent(state.intent) else { return await understand(text) }
        state.question = nil
        if state.progress != nil {
            state.progress = "IN_PROGRESS"
        }
        switch question {
        case .value(let name):
            // "Stop", "help" and other phrases without a slot are no values; they leave the dialog.
            if let match = matcher.match(text), match.isLiteral, match.intent != state.intent {
                return await begin(match)
            }
            for (slot, value) in matcher.answer(text, to: name, of: intent) {
                state.slots[slot] = DialogState.Slot(value: value)
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

    // MARK: Requests and answers

    private mutating func open() {
        session = AlexaRequests.Session()
        dialog = nil
        reprompt = ""
    }

    private mutating func send(_ request: [String: JSONValue], turns: Int = 0) async {
        guard let current = session else { return }
        let outcome = await invoke(requests.event(request, current, player: player))
        session?.isNew = false
        lines += progressive().map { "Alexa, meanwhile: \(SpokenText.plain($0))" }
        let answer = JSONValue(outcome.payload)
        guard !outcome.isError, let answer, let response = answer["response"] else {
            let type = answer?["errorType"]?.string ?? "an answer that is no response"
            let message = answer?["errorMessage"]?.string.map { ": \($0)" } ?? ""
            lines.append("(The skill failed with \(type)\(message))")
            return close()
        }
        if request["type"] == .string("SessionEndedRequest") {
            if response["outputSpeech"] != nil || response["directives"] != nil {
                lines.append("(The skill answers the end of a session: Alexa says nothing of it.)")
            }
            return close()
        }
        session?.attributes = answer["sessionAttributes"] ?? .object([:])
        if let speech = response["outputSpeech"] { say(Self.text(of: speech)) }
        reprompt = response["reprompt"]?["outputSpeech"].map(Self.text) ?? ""
        if let card = response["card"] { lines.append(Self.line(card)) }
        dialog?.question = nil
        let directives = response["directives"]?.array ?? []
        for directive in directives {
            await obey(directive, turns: turns)
        }
        let isDialog = directives.contains { $0["type"]?.string?.hasPrefix("Dialog.") == true }
        let shouldEnd = response["shouldEndSession"]?.bool ?? (reprompt.isEmpty && !isDialog)
        if shouldEnd, session != nil {
            close()
            lines.append("(The session has ended.)")
        } else if !isDialog {
            dialog = nil
        }
    }

    private mutating func close() {
        session = nil
        dialog = nil
    }

    private mutating func obey(_ directive: JSONValue, turns: Int) async {
        let type = directive["type"]?.string ?? ""
        guard type.hasPrefix("Dialog."), type != "Dialog.UpdateDynamicEntities" else {
            if let line = note(directive, type) { lines.append(line) }
            return
        }
        let slot = directive["slotToElicit"]?.string ?? directive["slotToConfirm"]?.string ?? ""
        dialog?.update(directive["updatedIntent"])
        guard let state = dialog, model.dialog(of: state.intent) != nil else {
            lines.append("(\(type) needs an intent with a dialog model.)")
            return
        }
        switch type {
        case "Dialog.ElicitSlot": dialog?.question = .value(of: slot)
        case "Dialog.ConfirmSlot": dialog?.question = .confirmation(of: slot)
        case "Dialog.ConfirmIntent": dialog?.question = .intentConfirmation
        case "Dialog.Delegate":
            guard turns < Self.turns, state.progress != "COMPLETED" || directive["updatedIntent"] != nil else {
                lines.append("(The skill delegates a dialog that is complete.)")
                return
            }
            if !ask() {
                dialog?.progress = "COMPLETED"
                await proceed(turns: turns + 1)
            }
        default: lines.append("(Unknown directive \(type).)")
        }
        if case .value(let name)? = dialog?.question, dialog?.slots[name] == nil {
            lines.append("(\(type) names a slot that \(state.intent) does not have: \(name).)")
        }
    }

    /// What a directive of an interface does; nil when nothing is to be said of it.
    private mutating func note(_ directive: JSONValue, _ type: String) -> String? {
        switch type {
        case "AudioPlayer.Play":
            let stream = directive["audioItem"]?["stream"]
            player = .object([
                "playerActivity": .string("PLAYING"), "token": stream?["token"] ?? .string(""),
                "offsetInMilliseconds": stream?["offsetInMilliseconds"] ?? .integer(0),
            ])
            // A presigned URL's query is a secret, and differs each time.
            let url = stream?["url"]?.string ?? ""
            return "Plays: \(url.prefix { $0 != "?" })"
        case "AudioPlayer.Stop", "AudioPlayer.ClearQueue":
            if var stopped = player.object {
                stopped["playerActivity"] = .string("STOPPED")
                player = .object(stopped)
            }
            return type == "AudioPlayer.Stop" ? "Stops playing." : "Clears the queue."
        case "Dialog.UpdateDynamicEntities": return nil
        default: return "Directive: \(type)"
        }
    }

    private mutating func say(_ text: String) {
        if !text.isEmpty { lines.append("Alexa: \(text)") }
    }

    private static func text(of speech: JSONValue) -> String {
        if let ssml = speech["ssml"]?.string { return SpokenText.plain(ssml) }
        return speech["text"]?.string ?? ""
    }

    private static func line(_ card: JSONValue) -> String {
        let parts = [card["title"], card["content"] ?? card["text"]].compactMap { $0?.string }.filter { !$0.isEmpty }
        let text = parts.joined(separator: " | ").split(whereSeparator: \.isNewline).joined(separator: " / ")
        return "Card: \(text.isEmpty ? card["type"]?.string ?? "" : text)"
    }
}
