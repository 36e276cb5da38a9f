import Foundation
import LocalServices

/// A conversation with a skill: typed text becomes Alexa's requests, responses become lines.
struct Conversation {
    /// The maximum number of delegations in one turn before they count as a fault.
    static let turns = 5

    let model: InteractionModel
    let matcher: UtteranceMatcher
    let requests: AlexaRequests
    /// Passes an event to the function.
    let invoke: (_ event: [UInt8]) async -> InvocationOutcome
    /// Returns the progressive speeches since the last call.
    let progressive: () -> [String]
    /// Fetches a stream by its URL.
    let fetch: (_ url: String) async -> Result<AudioClip, AudioClip.Failure>

    var session: AlexaRequests.Session?
    var dialog: OpenDialog?
    var reprompt = ""
    /// True once the reprompt has been said and nobody has answered yet.
    var isReprompted = false
    var player = AudioPlayer()
    /// The speaker for the player; nil for silence.
    var speaker: Speaker?
    /// The bucket whose objects play; it is not shown.
    var bucket = ""
    /// The device's time in milliseconds.
    var time = 0
    /// The number of the next fetches that fail.
    var failing = 0
    /// The number of requests that the device has sent since the last typed line, or the last second that was played.
    /// The stream whose turn came last.
    var latestStream: PlayedStream?
    var reported = 0
    var lines: [String] = []
    /// The requests and responses of the last turn, for `/json`.
    var exchanges: [TalkJSON.Exchange] = []
    /// True when those of every turn are printed.
    var showsJSON = false
    /// The events of the session; nil when nobody reads them.
    var events: TalkEvents?

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

    /// Returns the words after the wake word, which may come before anything; without its comma it may be a name, but for
    /// phrases that are known.
    private func withoutWakeWord(_ typed: String) -> String {
        let rest = typed.replacing(#/^\s*alexa\s*,?/#.ignoresCase(), with: "").trimmingCharacters(in: .whitespaces)
        let isKnown = matcher.match(rest)?.isLiteral == true || matcher.isYes(rest) || matcher.isNo(rest)
        if isKnown || typed.prefixMatch(of: #/\s*alexa\s*,/#.ignoresCase()) != nil { return rest }
        return typed.trimmingCharacters(in: .whitespaces)
    }

    /// Responds to a person's words or actions; silence brings the reprompt.
    mutating func hear(_ typed: String) async -> [String] {
        lines = []
        reported = 0
        let text = withoutWakeWord(typed)
        if !text.hasPrefix("/") {
            exchanges = []
            events?.heard(text)
        }
        if text.isEmpty {
            await keepSilent()
        } else if text == "/help" {
            lines += TalkHelp.lines(TalkHelp.commands)
        } else if text == "/phrases" {
            lines += TalkHelp.phrases(of: model, matcher.phrases, locale: requests.locale)
                .flatMap { group in ["\(group.name):"] + group.phrases.map { "  \($0)" } }
        } else if let command = TalkJSON.command(text) {
            if let isOn = command.isOn { showsJSON = isOn }
            return TalkJSON.lines(of: command, exchanges)
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
        if showsJSON, !text.hasPrefix("/") { lines += exchanges.flatMap(\.lines) }
        return lines
    }

    /// Says the reprompt; without one, or after it, Alexa closes the session.
    private mutating func keepSilent() async {
        guard session != nil else { return }
        if !isReprompted, !reprompt.isEmpty {
            isReprompted = true
            events?.prompted(reprompt)
            return say(reprompt)
        }
        isReprompted = false
        await send(requests.sessionEnded("EXCEEDED_MAX_REPROMPTS"))
        lines.append("(Nobody answers: the session has ended.)")
        events?.ended("EXCEEDED_MAX_REPROMPTS")
        await goOn()
    }

    /// Lets time pass while nothing is typed, and says what happened.
    mutating func idle(_ milliseconds: Int) async -> [String] {
        lines = []
        reported = 0
        await pass(milliseconds)
        return lines
    }

    /// Ends an open session, like closing the app.
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
