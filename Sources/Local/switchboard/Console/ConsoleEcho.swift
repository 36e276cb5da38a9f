import Console
import Foundation
import JSON
import LocalServices
import Synchronization
import Timeline

/// The device that the console plays: one conversation at a time, seen by every page.
final class ConsoleEcho: Sendable {
    /// A step of a person, or of time.
    enum Job: Sendable {
        case say(String)
        case seek(Int)
        case tick
        case end
    }

    struct Turn: Sendable {
        var said: String?
        var lines: [String]
        var exchanges: [JSONValue] = []
    }

    struct State: Sendable {
        var id = 0
        var skill: String?
        var locale = ""
        /// The options of `talk` for the account that is linked.
        var account: [String] = []
        var phrases: [String] = []
        var turns: [Turn] = []
        var player: JSONValue?
        var audio: (token: String, bytes: [UInt8])?
        /// The lines of a `.talk` file: typed ones begin with `>`.
        var script: [String] = []
        var jobs: AsyncStream<(Job, CheckedContinuation<Void, Never>?)>.Continuation?
        var task: Task<Void, Never>?
    }

    /// The most turns of a conversation that are kept.
    private static let most = 1_000

    let timeline: Timeline
    private let signals: ConsoleSignals
    let state = Mutex(State())

    init(_ timeline: Timeline, _ signals: ConsoleSignals) {
        self.timeline = timeline
        self.signals = signals
    }

    /// Starts a conversation in the place of the one before.
    func start(_ name: String, locale: String, isLinked: Bool, _ services: ConsoleServices) async throws {
        let function = try SkillPackage.function(named: name, in: services.project)
        try services.backEnds.check(function)
        let skill = try SkillPackage(of: function.name, in: services.project)
        let model = try skill.model(locale)
        let isLinked = isLinked && skill.linksAccounts
        let account = isLinked ? ["--linked"] : []
        let command = ShellCommand.own(["talk", function.name, "--locale", locale] + account)
        let source = TimelineSource("\(function.name) \(locale)", command: command)
        await stop()
        let (jobs, next) = AsyncStream.makeStream(of: (Job, CheckedContinuation<Void, Never>?).self)
        state.withLock { state in
            let id = state.id + 1
            state = State()
            (state.id, state.skill, state.locale, state.jobs) = (id, function.name, locale, next)
            state.account = account
            state.phrases = ConversationTask.phrases(of: model, locale: locale)
        }
        signals.changed("echo")
        let conversation = ConversationTask(
            echo: self, model: model, locale: locale, token: isLinked ? AlexaRequests.localToken : nil,
            function: function, services: services, source: source)
        let task = Task {
            do {
                try await conversation.run(jobs, next)
            } catch is CancellationError {
            } catch {
                add(Turn(said: nil, lines: ["(\(PlainError.sentence(of: error)))"]))
            }
            state.withLock { $0.jobs = nil }
            // Whoever still waits for an answer gets none.
            next.finish()
            for await (_, waiting) in jobs { waiting?.resume() }
        }
        state.withLock { $0.task = task }
    }

    /// Does something, and returns when the skill has answered.
    func perform(_ job: Job) async throws {
        guard let jobs = state.withLock({ $0.jobs }) else { throw Refusal("Start a skill first.") }
        await withCheckedContinuation { continuation in
            if case .enqueued = jobs.yield((job, continuation)) { return }
            continuation.resume()
        }
    }

    /// Ends the conversation and its process.
    func stop() async {
        let (jobs, task) = state.withLock { ($0.jobs, $0.task) }
        jobs?.finish()
        await task?.value
    }

    // MARK: For the conversation

    func add(_ turn: Turn) {
        state.withLock { state in
            state.turns.append(turn)
            if state.turns.count > Self.most { state.turns.removeFirst() }
        }
        signals.changed("echo")
    }

    func keep(_ lines: [String]) {
        state.withLock { $0.script += lines }
    }

    func show(_ player: JSONValue?, audio: (token: String, bytes: [UInt8])?) {
        let isNew = state.withLock { state in
            defer { (state.player, state.audio) = (player, audio) }
            return state.player != player
        }
        if isNew { signals.changed("echo") }
    }
}
