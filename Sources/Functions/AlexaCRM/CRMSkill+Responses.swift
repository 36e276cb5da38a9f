import Alexa

extension CRMSkill {
    static func speech(_ input: HandlerInput, _ sentence: CRMSentence, _ values: [String: String] = [:]) -> Speech {
        CRMSentence.strings.speech(sentence, input.request.locale, values.mapValues(bounded))
    }

    /// Returns a value short enough to be spoken: nobody listens to more, and speech that is too long loses the whole
    /// response.
    private static func bounded(_ value: String) -> String {
        let scalars = value.unicodeScalars
        return scalars.count <= 320 ? value : String(String.UnicodeScalarView(scalars.prefix(320))) + "…"
    }

    /// Says it and ends the session.
    static func tell(_ input: HandlerInput, _ sentence: CRMSentence) -> Response {
        Response(speech(input, sentence))
    }

    /// Returns a response that says a sentence and waits for a reply, asking `again` when there is none.
    static func ask(
        _ input: HandlerInput, _ sentence: CRMSentence, again: CRMSentence, _ values: [String: String] = [:]
    ) -> Response {
        Response(speech(input, sentence, values)).reprompt(speech(input, again, values))
    }

    /// Returns yes for the skill's own intents with none but their own slots; makes no call.
    static func canFulfill(_ input: HandlerInput) -> Response {
        let slots: [String: Set<String>] = [
            "TopLeadIntent": [], "CreateLeadIntent": ["firstName", "lastName", "company"],
        ]
        var response = Response()
        guard let intent = input.intent, let known = slots[intent.name] else {
            response.canFulfill = CanFulfill(.no)
            return response
        }
        let answers = intent.slots.keys.map { name in
            let isKnown = known.contains(name)
            return (name, CanFulfill.SlotVerdict(canUnderstand: isKnown ? .yes : .no, canFulfill: isKnown))
        }
        response.canFulfill = CanFulfill(
            known.isSuperset(of: intent.slots.keys) ? .yes : .no, slots: Dictionary(uniqueKeysWithValues: answers))
        return response
    }
}

/// Turns an error into a sentence.
struct CRMErrorHandler: ErrorHandler {
    func canHandle(_ error: any Error, _ input: HandlerInput) -> Bool {
        // Only requests with speech get a sentence; others must not get a response with speech.
        switch input.request.kind {
        case .launch, .intent: true
        default: false
        }
    }

    func handle(_ error: any Error, _ input: HandlerInput) -> Response {
        if error as? SkillError == .noHandler { return CRMSkill.ask(input, .fallback, again: .help) }
        // Of our own answers, only one made too long by what was said is refused.
        let isTooLong = if case .refusedResponse? = error as? SkillError { true } else { false }
        let error = error as? CRMError ?? (isTooLong ? .notAccepted : .down)
        let response = CRMSkill.tell(input, error.sentence)
        return error.asksForAccount ? response.card(.linkAccount) : response
    }
}
