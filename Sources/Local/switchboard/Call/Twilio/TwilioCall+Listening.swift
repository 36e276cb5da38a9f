import Foundation
import LocalServices

/// Keys and recordings.
extension TwilioCall {
    /// "TwiML Voice: <Gather>": what comes before it begins is lost, and after `timeout` a short entry is posted as it is.
    mutating func gather(_ verb: ParsedTwiML) async throws -> Step {
        let count = verb.attributes["numDigits"].flatMap { Int($0) }
        let last = (verb.attributes["finishOnKey"] ?? "#").first
        let start = now
        for child in verb.children { _ = try await take(child) }
        let wanted = count.map { $0 == 1 ? "1 key" : "\($0) keys" } ?? "keys"
        world.say(.twilioNote("(Twilio listens for \(wanted).)"))
        var typed: String
        if let keys = keys.take() {
            // They are sent with the call: no caller is there yet to press any.
            let timeout = (verb.attributes["timeout"].flatMap { Int($0) } ?? 5) * 1000
            (typed, now) = keys.gathered(from: start, end: now, timeout: timeout, most: count, last: last)
            if let count, typed.count < count { world.say(.twilioNote("(\(typed.count) of them arrived.)")) }
        } else {
            let named = count == 1 ? Self.keys(namedIn: verb.children.map(\.text).joined(separator: " ")) : []
            let keys = named.isEmpty ? wanted : named.joined(separator: " or ")
            world.hint("(Type \(keys), an empty line for none, or: hang up.)")
            guard let answer = try await heard() else { return .end }
            // Words are no keys.
            let pressed = answer.filter { "0123456789*#".contains($0) }
            typed = String(pressed.prefix { $0 != last }.prefix(count ?? .max))
        }
        guard !typed.isEmpty || verb.attributes["actionOnEmptyResult"] == "true" else { return .next }
        return .document(reference: verb.attributes["action"] ?? path, ["Digits": typed])
    }

    /// Returns the keys that a prompt names: TwiML says how many are awaited, and not which.
    private static func keys(namedIn prompt: String) -> [String] {
        let words = prompt.split { $0.isWhitespace || ".,;:!?".contains($0) }
        return words.filter { $0.count == 1 && $0.allSatisfy { "0123456789*#".contains($0) } }.map(String.init)
    }

    /// "TwiML Voice: <Record>": silence is posted to `action` like everything else, and so is what a caller who hangs up
    /// left behind.
    mutating func record(_ verb: ParsedTwiML) async throws -> Step {
        guard !circumstances.isTrial, let rules = RecordVerb(verb.attributes) else {
            world.say(.twilio("An application error has occurred. Goodbye. (A trial account does not record.)"))
            return .end
        }
        let limit = verb.attributes["maxLength"].map { " for \($0) s" } ?? ""
        world.say(.twilioNote("(Records\(limit): say the phrase.)"))
        let turn: SpokenTurn
        if let speak = world.turn {
            turn = speak()
        } else {
            turn = try await spoken()
        }
        let recorded = rules.record(turn, take: UUID().uuidString)
        let tenths = (recorded.milliseconds + 50) / 100
        world.say(.twilioNote("(Recorded: \(tenths / 10).\(tenths % 10) s.)"))
        now += recorded.milliseconds
        let more = try await world.keep(recorded).merging(
            ["RecordingDuration": "\(recorded.seconds)", "Digits": recorded.digits]) { $1 }
        let action = verb.attributes["action"] ?? path
        guard turn.ending == .hangUp else { return .document(reference: action, more) }
        hungUp = true
        if circumstances.isStatusFirst { try await end() }
        let all = parameters.merging(["CallStatus": "completed"]) { $1 }.merging(more) { $1 }
        _ = try await answer(action, all)
        return .end
    }

    /// Returns what is said: words, or a file; asks again for a file that cannot be said.
    private func spoken() async throws -> SpokenTurn {
        while true {
            world.hint(
                "(Type the phrase; \"name: phrase\" is another voice, \"(quiet)\" too quiet, \"(file voice.wav)\" a "
                    + "recording, nothing silence.)")
            let typed = try await world.ask()
            guard let name = SpokenTurn.file(in: typed) else { return SpokenTurn(typed: typed) }
            do {
                if let turn = SpokenTurn(file: try world.file(name)) { return turn }
                world.say("(\(name) is no WAV file of plain samples.)")
            } catch {
                world.say("(\(PlainError.sentence(of: error)))")
            }
        }
    }

    private mutating func heard() async throws -> String? {
        let typed = try await world.ask()
        hungUp = typed == nil
        return typed
    }
}

extension SpokenTurn {
    /// Returns the name in `(file <name>)`; nil for any other line.
    static func file(in typed: String?) -> String? {
        typed?.wholeMatch(of: #/\(file (.+)\)/#).map { String($0.1).trimmingCharacters(in: .whitespaces) }
    }

    /// Reads the line typed where Twilio records: `name: words` is another speaker, `(quiet)` is too quiet, an empty
    /// line is silence; `(hang up)` or `(press #)` at its end ends it. Nil hangs up without a word.
    init(typed: String?) {
        var words = typed ?? "(hang up)"
        var ending = Ending.silence
        if let match = words.firstMatch(of: #/\((hang up|press ([0-9*#]))\)$/#) {
            ending = match.2?.first.map { .key($0) } ?? .hangUp
            words = words[..<match.range.lowerBound].trimmingCharacters(in: .whitespaces)
        }
        let parts = words.split(separator: ": ", maxSplits: 1).map(String.init)
        switch (words, parts.count) {
        case ("", _): self.init(LocalRecording(voice: nil))
        case ("(quiet)", _): self.init(LocalRecording(code: "SSTQ"))
        case (_, 2): self.init(LocalRecording(voice: parts[0], phrase: parts[1]))
        default: self.init(LocalRecording(phrase: words))
        }
        self.ending = ending
    }
}
