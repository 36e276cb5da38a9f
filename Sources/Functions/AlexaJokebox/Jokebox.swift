import Alexa
import Logging

/// The skill: its handlers by request.
struct Jokebox: Sendable {
    let library: AudioLibrary
    let random: RandomSource
    /// True when `JOKEBOX_TABLE` is set.
    let hasTable: Bool

    func skill(id: String, store: (any AttributeStore)?, takesPlainAudio: Bool) -> Skill {
        Skill(
            id: id,
            handlers: [
                TypeHandler("LaunchRequest", respond: joke),
                IntentHandler("TellMeAJokeIntent", respond: joke),
                IntentHandler("AMAZON.PauseIntent", respond: pause),
                IntentHandler("AMAZON.ResumeIntent", respond: resume),
                IntentHandler("AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent", respond: stop),
                IntentHandler("AMAZON.NextIntent") { try await next($0).endingSession(true) },
                IntentHandler("AMAZON.PreviousIntent") { try await previous($0).endingSession(true) },
                IntentHandler("AMAZON.RepeatIntent", "AMAZON.StartOverIntent", respond: startOver),
                IntentHandler("AMAZON.LoopOnIntent") { try await change($0, .loopOn) { $0.loop = true } },
                IntentHandler("AMAZON.LoopOffIntent") { try await change($0, .loopOff) { $0.loop = false } },
                IntentHandler("AMAZON.ShuffleOnIntent") { try await change($0, .shuffleOn) { $0.shuffle = true } },
                IntentHandler("AMAZON.ShuffleOffIntent") { try await change($0, .shuffleOff) { $0.shuffle = false } },
                IntentHandler("AMAZON.HelpIntent") { await explain($0, .help, playing: .helpWhilePlaying) },
                IntentHandler("AMAZON.FallbackIntent") {
                    await explain($0, .fallback, playing: .fallbackWhilePlaying)
                },
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
}
