import LambdaRuntime
import LocalServices

/// Requests on their way out, and what the skill's answers do.
extension Conversation {
    mutating func open() {
        session = AlexaRequests.Session()
        dialog = nil
        reprompt = ""
    }

    mutating func send(_ request: [String: JSONValue], turns: Int = 0) async {
        guard let current = session else { return }
        let outcome = await invoke(requests.event(request, current, player: player))
        session?.isNew = false
        lines += progressive().map { "Alexa, meanwhile: \(SpokenText.plain($0))" }
        let answer = try? JSONValue(parsing: outcome.payload)
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
                "offsetInMilliseconds": stream?["offsetInMilliseconds"] ?? .number(0),
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

    mutating func say(_ text: String) {
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
