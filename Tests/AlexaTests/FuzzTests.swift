import JSON
import Settings
import Testing

@testable import Alexa

@Suite struct FuzzTests {
    /// A generator of the same numbers in every run.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    private static let pieces = [
        "null", "{}", "[]", "\"\"", "-1", "1e999", "true", "\"\\ud800\"", "\"?\"", "[[[[", "}}}", "\\u", "\u{0}",
        "999999999999999999999",
    ].map { Array($0.utf8) }

    @Test func `a hundred thousand broken envelopes are refused or answered, and none crashes`() async throws {
        let seeds = [
            Samples.text(
                "IntentRequest",
                #""dialogState":"IN_PROGRESS","intent":{"name":"A","confirmationStatus":"NONE","slots":{"s":{"name":"s","#
                    + #""value":"v\u00e9","resolutions":{"resolutionsPerAuthority":[{"authority":"a","status":{"code":"#
                    + #""ER_SUCCESS_MATCH"},"values":[{"value":{"name":"V","id":"1"}}]}]},"slotValue":{"type":"List","#
                    + #""values":[{"type":"Simple","value":"v"}]}}}}"#),
            Samples.text(
                "AudioPlayer.PlaybackFailed", #""token":"t","offsetInMilliseconds":12,"error":{"type":"E"}"#,
                session: nil),
            Samples.text("SessionEndedRequest", #""reason":"ERROR","error":{"type":"X","message":"m"}"#),
        ].map { Array($0.utf8) }
        var generator = Generator()
        let skill = Skill(
            id: Samples.skillID,
            handlers: [
                IntentHandler("A") { input in
                    Response("\(input.intent?.value(of: "s") ?? "")").directive(
                        .confirmIntent(updatedIntent: input.intent))
                }, ClosingHandler(),
            ])
        let context = Samples.context
        var answered = 0
        for number in 0..<100_000 {
            var bytes = seeds[number % seeds.count]
            for _ in 0..<Int.random(in: 1...3, using: &generator) { Self.mutate(&bytes, &generator) }
            guard let envelope = try? RequestEnvelope(parsing: bytes) else { continue }
            if let answer = try? await skill.respond(to: envelope, context: context) {
                _ = try JSONValue(parsing: answer.json.bytes)
                answered += 1
            }
        }
        // Enough of them get past the parser for the rest to be tried too.
        #expect(answered > 10_000)
    }

    private static func mutate(_ bytes: inout [UInt8], _ generator: inout Generator) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.removeSubrange(place..<min(place + 8, bytes.count))
        case 3: bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: place)
        case 4: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        default:
            // A whole value is replaced, so that it stays JSON.
            guard let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")),
                let end = bytes[colon...].firstIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") })
            else { return }
            bytes.replaceSubrange((colon + 1)..<end, with: pieces.randomElement(using: &generator) ?? [])
        }
    }
}
