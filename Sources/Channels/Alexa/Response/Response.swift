package import JSON

/// The response to one request, built step by step; only what was set is sent.
///
///     Response("Which company?").reprompt("Which company does the lead work for?")
package struct Response: Sendable, Equatable {
    package var speech: Speech?
    package var reprompt: Speech?
    package var card: Card?
    package var directives: [Directive] = []
    /// Nil leaves the choice to Alexa, which then ends the session.
    package var shouldEndSession: Bool?
    package var canFulfill: CanFulfill?

    /// An empty response.
    package init() {}

    /// A response that says something and ends the session.
    package init(_ speech: Speech) {
        self.speech = speech
        shouldEndSession = true
    }

    /// Waits for the user to reply, and says this when they have not after eight seconds.
    package func reprompt(_ speech: Speech) -> Response {
        with {
            $0.reprompt = speech
            $0.shouldEndSession = false
        }
    }

    package func card(_ card: Card) -> Response {
        with { $0.card = card }
    }

    /// Adds a directive; the dialog's keep the session open.
    package func directive(_ directive: Directive) -> Response {
        with {
            $0.directives.append(directive)
            if directive.type.hasPrefix("Dialog.") { $0.shouldEndSession = false }
        }
    }

    package func endingSession(_ ends: Bool?) -> Response {
        with { $0.shouldEndSession = ends }
    }

    private func with(_ change: (inout Response) -> Void) -> Response {
        var copy = self
        change(&copy)
        return copy
    }

    /// True when nothing has been set.
    package var isEmpty: Bool { self == Response() }

    /// The `response` member of the envelope.
    package var json: JSONValue {
        .members([
            "outputSpeech": speech.map(Self.json), "reprompt": reprompt.map { ["outputSpeech": Self.json($0)] },
            "card": card?.json, "directives": directives.isEmpty ? nil : .array(directives.map(\.json)),
            "shouldEndSession": shouldEndSession.map(JSONValue.bool), "canFulfillIntent": canFulfill?.json,
        ])
    }

    private static func json(_ speech: Speech) -> JSONValue {
        ["type": "SSML", "ssml": .string(speech.ssml)]
    }
}

/// The response to a CanFulfillIntentRequest: says whether the skill could handle an intent, without any effect.
package struct CanFulfill: Sendable, Equatable {
    package enum Verdict: String, Sendable {
        case yes = "YES"
        case no = "NO"
        case maybe = "MAYBE"
    }

    package struct SlotVerdict: Sendable, Equatable {
        package var canUnderstand: Verdict
        /// True for `YES`, false for `NO`.
        package var canFulfill: Bool

        package init(canUnderstand: Verdict, canFulfill: Bool) {
            self.canUnderstand = canUnderstand
            self.canFulfill = canFulfill
        }
    }

    package var verdict: Verdict
    package var slots: [String: SlotVerdict]

    package init(_ verdict: Verdict, slots: [String: SlotVerdict] = [:]) {
        self.verdict = verdict
        self.slots = slots
    }

    var json: JSONValue {
        .members([
            "canFulfill": .string(verdict.rawValue),
            "slots": slots.isEmpty
                ? nil
                : .object(
                    slots.mapValues { slot in
                        [
                            "canUnderstand": .string(slot.canUnderstand.rawValue),
                            "canFulfill": slot.canFulfill ? "YES" : "NO",
                        ]
                    }),
        ])
    }
}
