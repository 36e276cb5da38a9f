import JSON
import LocalServices

@testable import switchboard

/// The sample skill as one that plays audio.
extension SampleSkill {
    /// Three streams of ten seconds that can be fetched.
    static let clips = Dictionary(
        uniqueKeysWithValues: ["a", "b", "c"].map { (url($0), AudioClip(Tone(hertz: 440, seconds: 10).mp3)) })
    static let ends = #","shouldEndSession":true"#
    static let nothing = directives()

    static func plays(_ name: String, offset: Int = 0) -> String {
        directives(play(name, offset: offset), more: ends)
    }

    static func enqueues(_ name: String, after token: String) -> String {
        directives(play(name, "ENQUEUE", after: token))
    }

    /// Each request: its type or intent, its token and offset, and its context's state of the player.
    var told: [String] {
        events.map { event in
            let request = event["request"]
            let player = event["context"]?["AudioPlayer"]
            let parts = [
                request?["intent"]?["name"] ?? request?["type"], request?["token"], request?["offsetInMilliseconds"],
            ]
            let context = [player?["playerActivity"], player?["token"], player?["offsetInMilliseconds"]]
            return [parts, context].map { $0.compactMap { $0?.scalarText }.joined(separator: " ") }
                .joined(separator: " | ").replacing("AudioPlayer.", with: "")
        }
    }
}
