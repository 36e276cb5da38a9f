import JSON
import LocalServices
import Settings

/// Requests to the skill, and the effects of its responses.
extension Conversation {
    mutating func open() {
        session = AlexaRequests.Session()
        dialog = nil
        reprompt = ""
    }

    mutating func send(_ request: [String: JSONValue], turns: Int = 0) async {
        guard let current = session else { return }
        let answer = await exchange(requests.event(request, current, player: player.context))
        session?.isNew = false
        guard let answer, let response = answer["response"] else { return close() }
        if request["type"] == .string("SessionEndedRequest") {
            if response["outputSpeech"] != nil || response["directives"] != nil {
                lines.append("(The skill answers a SessionEndedRequest: Alexa ignores the response.)")
            }
            return close()
        }
        var audio: [JSONValue] = []
        do throws(PlayerFault) {
            audio = try PlayerResponse.directives(of: response, to: request["type"]?.string ?? "")
        } catch {
            lines.append("(\(error).)")
        }
        session?.attributes = answer["sessionAttributes"] ?? .object([:])
        if let speech = response["outputSpeech"] { say(Self.text(of: speech)) }
        reprompt = response["reprompt"]?["outputSpeech"].map(Self.text) ?? ""
        if let card = response["card"] { lines.append(Self.line(card)) }
        dialog?.question = nil
        let directives = response["directives"]?.array ?? []
        for directive in directives where !PlayerResponse.name(directive).hasPrefix("AudioPlayer.") {
            await obey(directive, turns: turns)
        }
        let isDialog = directives.contains { PlayerResponse.name($0).hasPrefix("Dialog.") }
        let shouldEnd = response["shouldEndSession"]?.bool ?? (reprompt.isEmpty && !isDialog)
        if shouldEnd, session != nil {
            close()
            lines.append("(The session has ended.)")
            events?.ended("the skill has ended it")
        } else if !isDialog {
            dialog = nil
        }
        // Speech comes first.
        await obey(player: audio)
    }

    /// Passes an event to the skill; a failure becomes a line and no response.
    mutating func exchange(_ event: [UInt8]) async -> JSONValue? {
        let outcome = await invoke(event)
        lines += progressive().map { "Alexa, meanwhile: \(SpokenText.plain($0))" }
        let answer = try? JSONValue(parsing: outcome.payload)
        exchanges.append(TalkJSON.Exchange(request: event, response: outcome.payload))
        events?.exchanged(event, answer, failed: outcome.isError)
        guard !outcome.isError, let answer, answer["response"] != nil else {
            let type = answer?["errorType"]?.string ?? "an answer that is no response"
            let message = answer?["errorMessage"]?.string.map { ": \($0)" } ?? ""
            lines.append("(The skill failed with \(type)\(message))")
            return nil
        }
        return answer
    }

    private mutating func close() {
        session = nil
        dialog = nil
    }

    private mutating func obey(_ directive: JSONValue, turns: Int) async {
        let type = directive["type"]?.string ?? ""
        guard type.hasPrefix("Dialog."), type != "Dialog.UpdateDynamicEntities" else {
            if type != "Dialog.UpdateDynamicEntities" { lines.append("Directive: \(type)") }
            return
        }
        let slot = directive["slotToElicit"]?.string ?? directive["slotToConfirm"]?.string ?? ""
        dialog?.update(directive["updatedIntent"], model)
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
