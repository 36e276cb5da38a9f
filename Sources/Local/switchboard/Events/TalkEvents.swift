import Foundation
import JSON
import LocalServices
import Timeline

/// The events of a conversation with a skill: what is said on both sides, cards, the player's streams.
struct TalkEvents {
    let timeline: Timeline
    /// The skill and its locale, and the command that talks with it.
    let source: TimelineSource

    /// Reports what a person says; silence is empty.
    func heard(_ text: String) {
        report(.alexa, "utterance", text.isEmpty ? "(silence)" : text, ["utterance": .string(text)])
    }

    /// Reports what Alexa says by herself: a reprompt, or the dialog model's question.
    func prompted(_ text: String) {
        report(.alexa, "said", "Alexa: \(text)", ["speech": .string(text)])
    }

    /// Reports a progressive response: what Alexa says while the skill is still at work, or why she does not.
    func meanwhile(_ directive: DirectiveSink.Directive) {
        let isSaid = directive.status == 204
        let words = directive.speech.map(SpokenText.plain) ?? ""
        report(
            .alexa, "meanwhile",
            isSaid ? "Alexa, meanwhile: \(words)" : "Alexa refuses a progressive response: \(directive.status)",
            .members([
                "speech": directive.speech.map(JSONValue.string),
                "requestId": directive.requestID.map(JSONValue.string), "status": .number(directive.status),
            ]), isSaid ? .ok : .refused)
    }

    /// Reports the end of the session.
    func ended(_ reason: String) {
        report(.alexa, "ended", "The session has ended: \(reason)", ["sessionEnded": true])
    }

    /// Reports a request and its response.
    func exchanged(_ event: [UInt8], _ answer: JSONValue?, failed: Bool) {
        let request = (try? JSONValue(parsing: event)) ?? .null
        let response = answer?["response"]
        let speech = response?["outputSpeech"].map(Self.text)
        let type = request["request"]?["type"]?.string ?? ""
        let intent = request["request"]?["intent"]?["name"]?.string
        let title = speech.map { "Alexa: \($0)" } ?? "\(intent ?? type): no speech"
        report(
            .alexa, "said", failed ? "The skill failed at \(intent ?? type)" : title,
            .members([
                "speech": speech.map(JSONValue.string),
                "reprompt": response?["reprompt"]?["outputSpeech"].map { .string(Self.text($0)) },
                "card": response?["card"], "directives": response?["directives"], "request": request,
                "response": answer, "sessionEnded": response?["shouldEndSession"],
            ]), failed ? .failed : .ok)
        if let card = response?["card"] {
            let words = [card["title"], card["content"] ?? card["text"]].compactMap { $0?.string }
            report(
                .alexa, "card",
                "Card: \(words.isEmpty ? card["type"]?.string ?? "" : words.joined(separator: " | "))", ["card": card])
        }
    }

    /// Reports a stream that begins to play, with its address.
    func played(_ stream: PlayedStream, key: String) {
        report(
            .audio, "started", "Plays \(key)",
            [
                "title": .string(key), "url": .string(stream.url), "offsetMilliseconds": .number(stream.offset),
                "token": .string(stream.token),
            ])
    }

    /// Reports what the device tells the skill of a stream, but for its start; nil for one that is not known any more.
    func reported(_ request: [String: JSONValue], of stream: PlayedStream?, key: String?) {
        let kinds = ["Stopped": "stopped", "Finished": "finished", "Failed": "failed"]
        let type = request["type"]?.string ?? ""
        guard let kind = kinds.first(where: { type == "AudioPlayer.Playback\($0.key)" })?.value else { return }
        report(
            .audio, kind, key.map { "\(kind.capitalized): \($0)" } ?? type,
            .members([
                "title": key.map(JSONValue.string), "url": stream.map { .string($0.url) },
                "offsetMilliseconds": request["offsetInMilliseconds"], "token": request["token"],
                "error": request["error"],
            ]), kind == "failed" ? .failed : .ok)
    }

    private func report(
        _ channel: TimelineEvent.Channel, _ kind: String, _ title: String, _ detail: JSONValue,
        _ outcome: TimelineEvent.Outcome? = nil
    ) {
        timeline.report(
            TimelineEvent(
                channel, kind, title, outcome: outcome, source: source.name, command: source.command, detail: detail))
    }

    private static func text(_ speech: JSONValue) -> String {
        speech["ssml"]?.string.map(SpokenText.plain) ?? speech["text"]?.string ?? ""
    }
}
