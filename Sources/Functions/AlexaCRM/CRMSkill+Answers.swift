import Alexa

extension CRMSkill {
    static func speech(_ input: HandlerInput, _ sentence: Sentence, _ values: [String: String] = [:]) -> Speech {
        Sentence.strings.speech(sentence, input.request.locale, values)
    }

    /// Says it and ends the session.
    static func tell(_ input: HandlerInput, _ sentence: Sentence) -> Response {
        Response(speech(input, sentence))
    }

    /// Says it and waits for an answer, asking `again` when there is none.
    static func ask(
        _ input: HandlerInput, _ sentence: Sentence, again: Sentence, _ values: [String: String] = [:]
    ) -> Response {
        Response(speech(input, sentence, values)).reprompt(speech(input, again, values))
    }

    /// Yes for the skill's own intents and slots; calls nobody.
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
            return (name, CanFulfill.SlotAnswer(canUnderstand: isKnown ? .yes : .no, canFulfill: isKnown))
        }
        response.canFulfill = CanFulfill(.yes, slots: Dictionary(uniqueKeysWithValues: answers))
        return response
    }
}

/// Turns what went wrong into a sentence.
struct CRMErrorHandler: ErrorHandler {
    func canHandle(_ error: any Error, _ input: HandlerInput) -> Bool {
        // Only what people said gets a sentence; nothing else may be answered with speech.
        switch input.request.kind {
        case .launch, .intent: true
        default: false
        }
    }

    func handle(_ error: any Error, _ input: HandlerInput) -> Response {
        if error as? SkillError == .noHandler { return CRMSkill.ask(input, .fallback, again: .help) }
        let error = error as? CRMError ?? .down
        let response = CRMSkill.tell(input, error.sentence)
        return error.asksForAccount ? response.card(.linkAccount) : response
    }
}
