import Foundation
import JSON
import Testing

@testable import Alexa

@Suite struct OracleTests {
    private static let stream = AudioStream(url: "https://example.com/a.mp3", token: "t", offsetInMilliseconds: 5)

    private static var answers: [Response] {
        var intent = Intent(name: "A", confirmationStatus: .confirmed)
        intent.slots["s"] = Slot(name: "s", value: "v", confirmationStatus: .denied)
        intent.slots["t"] = Slot(name: "t")
        var canFulfill = Response()
        canFulfill.canFulfill = CanFulfill(.yes, slots: ["s": .init(canUnderstand: .maybe, canFulfill: false)])
        return [
            Response(), Response("Hello & goodbye"), Response("Which?").reprompt("Which one?"), canFulfill,
            Response("x").card(.simple(title: "t", content: "c")),
            Response("x").card(.standard(title: "t", text: "c", smallImageURL: "https://x/s.png", largeImageURL: nil)),
            Response("x").card(.standard(title: "t", text: "c", smallImageURL: nil, largeImageURL: nil)),
            Response("x").card(.linkAccount), Response("x").card(.askForPermissions(["alexa::profile:email:read"])),
            Response().directive(.delegate()), Response().directive(.delegate(updatedIntent: intent)),
            Response("x").directive(.elicitSlot("s", updatedIntent: intent)),
            Response("x").directive(.confirmSlot("s", updatedIntent: intent)),
            Response("x").directive(.confirmIntent(updatedIntent: intent)),
            Response("x").directive(
                .replaceDynamicEntities([
                    DynamicEntities(type: "T", values: [.init(id: "1", name: "a", synonyms: ["b"]), .init(name: "c")])
                ])),
            Response("x").directive(.clearDynamicEntities), Response("x").directive(.play(stream)),
            Response().directive(.play(stream, .enqueue(after: "s"))),
            Response().directive(
                .play(
                    stream, .replaceEnqueued,
                    metadata: AudioMetadata(
                        title: "t", subtitle: "s", artURL: "https://x/a.png", backgroundImageURL: "https://x/b.png"))),
            Response().directive(.stop), Response().directive(.clearAll), Response().directive(.clearEnqueued),
        ]
    }

    @Test func `Amazon's models take every answer we can give, and give it back unchanged`() throws {
        let answers = Self.answers.map {
            ResponseEnvelope($0, sessionAttributes: ["list": [1, .number("2.5"), ["a": "b"]], "flag": true]).json
        }
        for (fault, answer) in zip(try Oracle.faults(answers.map { (.response, $0) }), answers) {
            #expect(fault == "", "\(answer.text)")
        }
    }

    @Test func `the models refuse what is not Alexa's`() throws {
        let faults = try Oracle.faults([
            (.response, ["version": "1.0", "response": ["speech": "x"]]),
            (.response, ["version": "1.0", "response": ["shouldEndSession": "yes"]]),
            (.model, ["interactionModel": ["languageModel": ["invocation": "x"]]]),
        ])
        #expect(faults.allSatisfy { !$0.isEmpty })
    }
}
