import Alexa
import Logging

/// The skill: what is answered to which request.
struct Jokebox: Sendable {
    let library: AudioLibrary
    let chance: Chance
    /// Whether `JOKEBOX_TABLE` is set.
    let hasTable: Bool

    func skill(id: String, store: (any AttributeStore)?, takesPlainAudio: Bool) -> Skill {
        Skill(
            id: id,
            handlers: [
                TypeHandler("LaunchRequest", respond: joke),
                IntentHandler("TellMeAJokeIntent", respond: joke),
                IntentHandler("AMAZON.PauseIntent") { input in
                    Response(Self.speech(input, .pausing)).directive(.stop)
                },
                IntentHandler("AMAZON.ResumeIntent", respond: resume),
                IntentHandler("AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent") { input in
                    Response(Self.speech(input, .stopping)).directive(.clearAll)
                },
                IntentHandler("AMAZON.NextIntent") { try await next($0).endingSession(true) },
                IntentHandler("AMAZON.PreviousIntent") { try await previous($0).endingSession(true) },
                IntentHandler("AMAZON.RepeatIntent", "AMAZON.StartOverIntent", respond: startOver),
                IntentHandler("AMAZON.LoopOnIntent") { try await change($0, .loopOn) { $0.loop = true } },
                IntentHandler("AMAZON.LoopOffIntent") { try await change($0, .loopOff) { $0.loop = false } },
                IntentHandler("AMAZON.ShuffleOnIntent") { try await change($0, .shuffleOn) { $0.shuffle = true } },
                IntentHandler("AMAZON.ShuffleOffIntent") { try await change($0, .shuffleOff) { $0.shuffle = false } },
                IntentHandler("AMAZON.HelpIntent") { await explain($0, .help) },
                IntentHandler("AMAZON.FallbackIntent") { await explain($0, .fallback) },
                TypeHandler("PlaybackController.NextCommandIssued", respond: next),
                TypeHandler("PlaybackController.PreviousCommandIssued", respond: previous),
                TypeHandler("PlaybackController.PlayCommandIssued", respond: play),
                TypeHandler("PlaybackController.PauseCommandIssued") { _ in Response().directive(.stop) },
                TypeHandler("AudioPlayer.PlaybackNearlyFinished", respond: nearlyFinished),
                TypeHandler("AudioPlayer.PlaybackFailed", respond: failed),
                TypeHandler("CanFulfillIntentRequest", respond: Self.canFulfill),
                ClosingHandler(),
            ],
            errorHandlers: [JokeboxErrorHandler()], store: store, takesPlainAudio: takesPlainAudio)
    }

    static func speech(_ input: HandlerInput, _ sentence: Sentence) -> Speech {
        Sentence.strings.speech(sentence, input.request.locale)
    }

    /// Says it and waits for an answer.
    static func ask(_ input: HandlerInput, _ sentence: Sentence) -> Response {
        Response(speech(input, sentence)).reprompt(speech(input, .help))
    }

    /// Yes for the skill's own intent; touches nothing.
    private static func canFulfill(_ input: HandlerInput) -> Response {
        var response = Response()
        let isOurs = input.intent?.name == "TellMeAJokeIntent"
        let slots = (input.intent?.slots ?? [:]).mapValues { _ in
            CanFulfill.SlotAnswer(canUnderstand: .no, canFulfill: false)
        }
        response.canFulfill = CanFulfill(isOurs ? .yes : .no, slots: isOurs ? slots : [:])
        return response
    }
}

/// Turns what went wrong into a sentence where there is somebody to hear it, and into silence elsewhere.
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
