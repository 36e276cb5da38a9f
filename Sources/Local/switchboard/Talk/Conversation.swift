import Foundation
import LocalServices

/// A conversation with a skill: what is typed becomes requests as Alexa makes them, answers become lines.
struct Conversation {
    /// How often the skill may delegate in one turn before that is taken for a fault.
    static let turns = 5

    let model: InteractionModel
    let matcher: UtteranceMatcher
    let requests: AlexaRequests
    /// Hands an event to the function.
    let invoke: (_ event: [UInt8]) async -> InvocationOutcome
    /// The progressive speeches since the last call.
    let progressive: () -> [String]
    /// Fetches a stream by its URL.
    let fetch: (_ url: String) async -> Result<AudioClip, AudioClip.Failure>

    var session: AlexaRequests.Session?
    var dialog: OpenDialog?
    var reprompt = ""
    /// True once the reprompt has been said and nobody has answered yet.
    var isReprompted = false
    var player = AudioPlayer()
    /// Makes the player heard; nil for silence.
    var speaker: Speaker?
    /// The bucket whose objects play, which is not shown.
    var bucket = ""
    /// How much time has passed for the device, in milliseconds.
    var time = 0
    /// How many of the next fetches fail.
    var failing = 0
    /// How many requests the device has sent since the last thing typed, or the last second that was played.
    var reported = 0
    var lines: [String] = []

    init(
        _ model: InteractionModel, _ requests: AlexaRequests, locale: String,
        progressive: @escaping () -> [String] = { [] },
        fetch: @escaping (String) async -> Result<AudioClip, AudioClip.Failure> = AudioFetcher().fetch,
        invoke: @escaping ([UInt8]) async -> InvocationOutcome
    ) {
        self.model = model
        self.requests = requests
        matcher = UtteranceMatcher(model, locale: locale)
        self.progressive = progressive
        self.fetch = fetch
        self.invoke = invoke
    }

    /// Answers what a person said or did; nothing said brings the reprompt.
    mutating func hear(_ typed: String) async -> [String] {
        lines = []
        reported = 0
        // The wake word may stand before anything; without its comma it may be a name.
        let text = typed.replacing(#/^\s*alexa\s*,/#.ignoresCase(), with: "").trimmingCharacters(in: .whitespaces)
        if text.isEmpty {
            await keepSilent()
        } else if text == "/help" {
            lines += TalkHelp.lines(TalkHelp.commands)
        } else if text == "/phrases" {
            lines += TalkHelp.phrases(of: model, matcher.phrases, locale: requests.locale)
        } else if text.hasPrefix("/") {
            if let command = DeviceCommand(text) {
                await happen(command)
            } else {
                lines += TalkHelp.fault(of: text)
            }
        } else {
            isReprompted = false
            await interrupt()
            if let asked = dialog?.question, dialog != nil {
                await answer(text, to: asked)
            } else {
                await understand(text)
            }
            await goOn()
        }
        return lines
    }

    /// Says the reprompt; without one, or after it, Alexa closes the session.
    private mutating func keepSilent() async {
        guard session != nil else { return }
        if !isReprompted, !reprompt.isEmpty {
            isReprompted = true
            return say(reprompt)
        }
        isReprompted = false
        await send(requests.sessionEnded("EXCEEDED_MAX_REPROMPTS"))
        lines.append("(Nobody answers: the session has ended.)")
        await goOn()
    }

    /// Lets time pass while nothing is typed, and says what happened.
    mutating func idle(_ milliseconds: Int) async -> [String] {
        lines = []
        reported = 0
        await pass(milliseconds)
        return lines
    }

    /// Ends an open session, as closing the app does.
    mutating func end() async -> [String] {
        lines = []
        speaker?.stop()
        if session != nil {
            await send(requests.sessionEnded("USER_INITIATED"))
            session = nil
        }
        return lines
    }
}
