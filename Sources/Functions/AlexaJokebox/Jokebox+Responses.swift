import Alexa

/// The skill's sentences, and the responses that need no item to play.
extension Jokebox {
    static func speech(_ input: HandlerInput, _ sentence: JokeboxSentence) -> Speech {
        JokeboxSentence.strings.speech(sentence, input.request.locale)
    }

    /// The response that says a sentence, which ends in a question, and waits for the user.
    static func ask(_ input: HandlerInput, _ sentence: JokeboxSentence) -> Response {
        Response(speech(input, sentence)).reprompt(speech(input, .help))
    }

    /// Returns yes for the skill's own intent; has no effect.
    static func canFulfill(_ input: HandlerInput) -> Response {
        var response = Response()
        let isOurs = input.intent?.name == "TellMeAJokeIntent"
        let slots = (input.intent?.slots ?? [:]).mapValues { _ in
            CanFulfill.SlotVerdict(canUnderstand: .no, canFulfill: false)
        }
        response.canFulfill = CanFulfill(isOurs ? .yes : .no, slots: isOurs ? slots : [:])
        return response
    }

    /// Stops the stream, to be resumed. With no stream the listener means something else, and gets an empty response.
    func pause(_ input: HandlerInput) -> Response {
        let hasStream = DevicePlayback(input, rules: library.rules).hasStream
        return (hasStream ? Response(Self.speech(input, .pausing)) : Response().endingSession(true)).directive(.stop)
    }

    /// Stops the stream for good. With no stream the skill says goodbye only to a listener in a session.
    func stop(_ input: HandlerInput) -> Response {
        let isMeant = DevicePlayback(input, rules: library.rules).hasStream || input.envelope.session?.isNew == false
        return (isMeant ? Response(Self.speech(input, .stopping)) : Response().endingSession(true)).directive(.clearAll)
    }

    /// The response that says a sentence and waits for the user; or one that says another before the stream goes on.
    ///
    /// The stream goes on when it is paused, as it is while a device listens, and when failures led to it: their count
    /// starts again only under a new token.
    func explain(_ input: HandlerInput, _ sentence: JokeboxSentence, playing: JokeboxSentence) async -> Response {
        let player = DevicePlayback(input, rules: library.rules)
        guard player.isPaused || player.hasFailures,
            let directive = try? await again(player, offset: player.offset, input)
        else { return Self.ask(input, sentence) }
        return Response(Self.speech(input, playing)).directive(directive)
    }
}

/// Turns an error into a sentence where a listener can hear it, and into silence elsewhere.
struct JokeboxErrorHandler: ErrorHandler {
    func canHandle(_ error: any Error, _ input: HandlerInput) -> Bool { true }

    func handle(_ error: any Error, _ input: HandlerInput) -> Response {
        switch input.request.kind {
        case .launch, .intent:
            if error as? SkillError == .noHandler { return Jokebox.ask(input, .fallback) }
            return Response(Jokebox.speech(input, (error as? JokeboxError)?.sentence ?? .failed))
        default: return Response()
        }
    }
}
