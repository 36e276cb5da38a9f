import Foundation
import JSON
import LocalServices
import Settings

@testable import switchboard

/// A small skill for tests: its model, and a function that records its requests.
final class SampleSkill {
    var events: [JSONValue] = []
    /// The responses to the next requests, as `response` objects; a failure is an empty one.
    var answers: [String]

    init(_ answers: [String]) {
        self.answers = answers
    }

    static func model(strategy: String = "SKILL_RESPONSE") -> String {
        """
        {"interactionModel": {
          "languageModel": {
            "invocationName": "my helper",
            "intents": [
              {"name": "AMAZON.StopIntent", "samples": []}, {"name": "AMAZON.PauseIntent", "samples": []},
              {"name": "AMAZON.HelpIntent", "samples": []},
              {"name": "AMAZON.YesIntent", "samples": []}, {"name": "AMAZON.FallbackIntent", "samples": []},
              {"name": "OrderIntent", "samples": ["order something", "order a {size} {drink}", "order for {name}"],
               "slots": [
                 {"name": "name", "type": "AMAZON.FirstName", "samples": ["it is for {name}", "{name}"]},
                 {"name": "size", "type": "Size", "samples": ["{size}", "{size} {drink}"]},
                 {"name": "drink", "type": "Drink"}]},
              {"name": "StatusIntent", "samples": ["where is my order", "for my tea", "how is {name}'s order"],
               "slots": [{"name": "name", "type": "AMAZON.FirstName"}]}],
            "types": [
              {"name": "Size", "values": [{"id": "L", "name": {"value": "large", "synonyms": ["very big"]}}]},
              {"name": "Drink", "values": [{"name": {"value": "tea"}}, {"name": {"value": "black coffee"}}]}]},
          "dialog": {"delegationStrategy": "\(strategy)", "intents": [
            {"name": "OrderIntent", "confirmationRequired": true, "prompts": {"confirmation": "P.confirm"}, "slots": [
              {"name": "name", "elicitationRequired": true, "prompts": {"elicitation": "P.name"}},
              {"name": "drink", "elicitationRequired": true, "confirmationRequired": true,
               "prompts": {"elicitation": "P.drink", "confirmation": "P.sure"}}]}]},
          "prompts": [
            {"id": "P.name", "variations": [{"type": "PlainText", "value": "Who is it for?"}]},
            {"id": "P.drink", "variations": [{"type": "PlainText", "value": "What does {name} drink?"}]},
            {"id": "P.sure", "variations": [{"type": "PlainText", "value": "{drink}, really?"}]},
            {"id": "P.confirm", "variations": [{"type": "PlainText", "value": "Order {drink} for {name}?"}]}]
        }}
        """
    }

    static func decoded(_ strategy: String = "SKILL_RESPONSE") throws -> InteractionModel {
        let url = FileManager.default.temporaryDirectory.appending(path: "model-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(model(strategy: strategy).utf8).write(to: url)
        return try InteractionModel.read(url)
    }

    /// Returns a conversation; `clips` are the streams that can be fetched, by their URLs.
    func conversation(
        _ strategy: String = "SKILL_RESPONSE", clips: [String: AudioClip] = [:], nearlyFinished: NearlyFinished = .end
    ) throws -> Conversation {
        let model = try Self.decoded(strategy)
        let requests = AlexaRequests(
            skillID: "amzn1.ask.skill.sample", locale: "en-US", apiEndpoint: "http://127.0.0.1:1",
            accessToken: "linked",
            model: model)
        let fetch: (String) async -> Result<AudioClip, AudioClip.Failure> = { url in
            clips[url].map { .success($0) } ?? .failure(.init(kind: .invalidRequest, message: "403"))
        }
        var conversation = Conversation(model, requests, locale: "en-US", fetch: fetch) { event in
            self.events.append((try? JSONValue(parsing: event)) ?? .null)
            return .answer(Array(self.answers.isEmpty ? "{}".utf8 : self.answers.removeFirst().utf8))
        }
        conversation.player.nearlyFinished = nearlyFinished
        return conversation
    }

    /// The requests so far: their types, or the intents' names with the dialog's progress.
    var heard: [String] {
        events.map { event in
            let request = event["request"]
            let intent = request?["intent"]?["name"]?.string
            let progress = request?["dialogState"]?.string
            return [intent ?? request?["type"]?.string, progress].compactMap { $0 }.joined(separator: " ")
        }
    }

    func slot(_ name: String) -> JSONValue? {
        events.last?["request"]?["intent"]?["slots"]?[name]
    }

    static func speech(_ text: String, ends: Bool = true, attributes: String = "{}", more: String = "") -> String {
        #"{"version":"1.0","sessionAttributes":\#(attributes),"response":{"outputSpeech":{"type":"SSML","ssml":"<speak>\#(text)</speak>"},"shouldEndSession":\#(ends)\#(more)}}"#
    }

    /// Returns a Play directive for a stream of `conversation(clips:)`:
    /// `https://audio.example/<name>?X-Amz-Signature=1`.
    static func play(
        _ name: String, _ behavior: String = "REPLACE_ALL", offset: Int = 0, after expected: String? = nil
    ) -> String {
        let previous = expected.map { #","expectedPreviousToken":"\#($0)""# } ?? ""
        return
            #"{"type":"AudioPlayer.Play","playBehavior":"\#(behavior)","audioItem":{"stream":{"url":"\#(url(name))","token":"\#(name)","offsetInMilliseconds":\#(offset)\#(previous)}}}"#
    }

    static func url(_ name: String) -> String { "https://audio.example/\(name)?X-Amz-Signature=1" }

    /// Returns a response of directives alone, for the audio player's requests; `more` ends the session, where there is
    /// one.
    static func directives(_ json: String..., more: String = "") -> String {
        #"{"version":"1.0","response":{"directives":[\#(json.joined(separator: ","))]\#(more)}}"#
    }

    static func directive(_ json: String, speech: String? = nil) -> String {
        let spoken = speech.map { #""outputSpeech":{"type":"PlainText","text":"\#($0)"},"# } ?? ""
        return #"{"version":"1.0","response":{\#(spoken)"directives":[\#(json)],"shouldEndSession":false}}"#
    }
}
