import Foundation
import JSON
import LocalServices
import Synchronization
import Timeline

/// A conversation with a skill in a task of its own, which does one thing after the other.
struct ConversationTask: Sendable {
    /// The time between two looks at a player that plays.
    private static let tick = Duration.milliseconds(500)

    let echo: ConsoleEcho
    let model: InteractionModel
    let locale: String
    let token: String?
    let function: Function
    let services: ConsoleServices
    /// The conversation, for the timeline.
    let source: TimelineSource

    /// The requests and responses of one turn.
    private final class Exchanges: Sendable {
        let all = Mutex<[JSONValue]>([])
    }

    func run(
        _ jobs: AsyncStream<(ConsoleEcho.Job, CheckedContinuation<Void, Never>?)>,
        _ next: AsyncStream<(ConsoleEcho.Job, CheckedContinuation<Void, Never>?)>.Continuation
    ) async throws {
        let events = TalkEvents(timeline: echo.timeline, source: source)
        try await DirectiveSink.withRunning(
            token: AlexaRequests.apiAccessToken, observe: { events.meanwhile($0) }
        ) { sink in
            try await withStarted { process, variables in
                let exchanges = Exchanges()
                let requests = AlexaRequests(
                    skillID: variables["ALEXA_SKILL_ID"] ?? "amzn1.ask.skill.local", locale: locale,
                    apiEndpoint: sink.url, accessToken: token, model: model)
                var conversation = Conversation(
                    model, requests, locale: locale, progressive: { sink.take() },
                    invoke: { event in
                        let outcome = await Self.outcome(of: event, process)
                        exchanges.all.withLock { all in all.append(Self.exchange(event, outcome)) }
                        return outcome
                    })
                conversation.bucket = variables["AUDIO_BUCKET"] ?? ""
                conversation.events = events
                var clock = ContinuousClock.now
                var unsaid = 0
                var isTicking = false
                var names = StreamNames()
                for await (job, waiting) in jobs {
                    // Time passes by itself for a device that plays.
                    let passed = conversation.player.isPlaying ? Int((.now - clock) / .milliseconds(1)) : 0
                    clock = .now
                    if passed > 0 {
                        unsaid += passed
                        let lines = await conversation.idle(passed)
                        if !lines.isEmpty {
                            echo.keep(["> /wait \(unsaid)ms"] + lines.map { names.named($0) })
                            unsaid = 0
                            echo.add(.init(said: nil, lines: lines, exchanges: Self.taken(exchanges)))
                        }
                    }
                    switch job {
                    case .tick: break
                    case .seek(let milliseconds):
                        if unsaid > 0 { echo.keep(["> /wait \(unsaid)ms"]) }
                        unsaid = 0
                        conversation.player.seek(to: milliseconds)
                        echo.keep(["> /seek \(milliseconds)ms"])
                    case .say(let text):
                        if unsaid > 0 { echo.keep(["> /wait \(unsaid)ms"]) }
                        unsaid = 0
                        let lines = await conversation.hear(text)
                        echo.keep(["> \(text)"] + lines.map { names.named($0) })
                        echo.add(.init(said: text, lines: lines, exchanges: Self.taken(exchanges)))
                    case .end:
                        let lines = await conversation.end()
                        echo.add(
                            .init(
                                said: nil, lines: lines + ["(The device was closed.)"], exchanges: Self.taken(exchanges)
                            ))
                        // Nothing plays on a device that is closed, and nobody speaks to it.
                        echo.show(nil, audio: nil)
                        waiting?.resume()
                        return
                    }
                    show(conversation)
                    waiting?.resume()
                    if case .tick = job { isTicking = false }
                    if conversation.player.activity == .playing, !isTicking {
                        isTicking = true
                        Task {
                            try? await Task.sleep(for: Self.tick)
                            next.yield((.tick, nil))
                        }
                    }
                }
            }
        }
    }

    /// Runs `body` with the skill's function, within Alexa's own time limit, and with its variables.
    private func withStarted(
        _ body: (_ process: any InvokedFunction, _ variables: [String: String]) async throws -> Void
    ) async throws {
        let process = try await services.backEnds.start(function, source: source, timeout: .seconds(8))
        do {
            try await body(process, services.backEnds.variables(of: function) ?? [:])
        } catch {
            await process.stop()
            throw error
        }
        await process.stop()
    }

    /// Returns the function's outcome; what Lambda itself refuses is a failure of the function to a device.
    private static func outcome(of event: [UInt8], _ process: any InvokedFunction) async -> InvocationOutcome {
        do {
            return try await process.invoke(event)
        } catch {
            return .runtimeError(type: "ServiceException", message: PlainError.sentence(of: error))
        }
    }

    private func show(_ conversation: Conversation) {
        let player = conversation.player
        guard let item = player.item else { return echo.show(nil, audio: nil) }
        echo.show(
            [
                "title": .string(item.stream.key(in: conversation.bucket)), "token": .string(item.stream.token),
                "activity": .string(player.activity.rawValue), "offset": .number(player.offset),
                "duration": .number(item.clip.duration), "queued": .number(player.queue.count),
            ], audio: (item.stream.token, item.clip.bytes))
    }

    private static func taken(_ exchanges: Exchanges) -> [JSONValue] {
        exchanges.all.withLock { all in
            defer { all = [] }
            return all
        }
    }

    private static func exchange(_ event: [UInt8], _ outcome: InvocationOutcome) -> JSONValue {
        let value = { (bytes: [UInt8]) in
            (try? JSONValue(parsing: bytes)) ?? .string(String(decoding: bytes, as: UTF8.self))
        }
        return ["request": value(event), "response": value(outcome.payload)]
    }

    /// Returns what can be said: the words that open the skill, then the samples of its intents.
    static func phrases(of model: InteractionModel, locale: String) -> [String] {
        TalkHelp.phrases(of: model, UtteranceMatcher(model, locale: locale).phrases, locale: locale).flatMap(\.phrases)
    }
}

/// Names for the streams of a conversation: which one plays is often chosen at random, and differs in each.
struct StreamNames {
    private var names: [String: String] = [:]

    /// Returns a line as a script expects it.
    mutating func named(_ line: String) -> String {
        guard let match = line.prefixMatch(of: #/(Plays: |Enqueues: )(.*?)( at [0-9.]+ s)?$/#) else { return line }
        let key = String(match.2)
        let name = names[key] ?? "stream\(names.count + 1)"
        names[key] = name
        return "\(match.1){\(name)}\(match.3 ?? "")"
    }
}
