import Console
import Foundation
import JSON
import LocalServices
import Synchronization
import Timeline

/// The call that the console plays: one at a time, seen by every page.
final class ConsolePhone: Sendable {
    enum Phase: String {
        case idle, busy, waiting, over
    }

    enum Input: Sendable {
        case typed(String)
        case agent(AgentAnswer)
        case hungUp
    }

    struct Line: Sendable {
        let who: String
        let text: String

        var json: JSONValue { ["who": .string(who), "text": .string(text)] }
    }

    struct State: Sendable {
        var id = 0
        var flow = ""
        var from: String?
        var hasProfile = true
        var phase = Phase.idle
        var lines: [Line] = []
        /// True once Twilio has dialled Amazon Connect's number: an agent can hang up.
        var isDialled = false
        var hint = ""
        var view: AgentView?
        var viewNumber = 0
        /// The id of the call's first event.
        var firstEvent = 0
        /// The lines of a `.call` file: typed ones begin with `>`.
        var script: [String] = []
        /// The WAV files that were said, by their names.
        var files: [String: [UInt8]] = [:]
        /// True once the caller has hung up: what was typed before is heard no more.
        var isHungUp = false
        var inputs: AsyncStream<Input>.Continuation?
        var task: Task<Void, Never>?
    }

    /// The most lines of a call that are kept.
    static let most = 5_000
    /// The most earlier calls that are kept.
    private static let mostCalls = 100

    let timeline: Timeline
    private let signals: ConsoleSignals
    let state = Mutex(State())
    /// The calls of this run that are over, the oldest first: they have left something behind.
    let earlier = Mutex<[PlayedCall]>([])

    init(_ timeline: Timeline, _ signals: ConsoleSignals) {
        self.timeline = timeline
        self.signals = signals
    }

    /// Starts a call; refuses while another is under way.
    func call(_ name: String, from: String?, hasProfile: Bool, _ services: ConsoleServices) async throws {
        let file = try services.project.flow(named: name)
        let flow = try CallCommand.read(file)
        let (inputs, input) = AsyncStream.makeStream(of: Input.self, bufferingPolicy: .bufferingNewest(100))
        let last = timeline.lastID
        try state.withLock { state in
            guard state.phase == .idle || state.phase == .over else {
                throw Refusal("A call is under way: hang up first.")
            }
            if state.phase == .over { keep(PlayedCall(state)) }
            let id = state.id + 1
            state = State()
            (state.id, state.flow, state.from, state.hasProfile, state.phase) = (id, name, from, hasProfile, .busy)
            (state.firstEvent, state.inputs) = (last + 1, input)
        }
        signals.changed("phone")
        let line = line(inputs)
        let task = Task {
            do {
                let session = try await services.session(
                    flow, file, Self.source(of: name, from: from, hasProfile: hasProfile))
                // What was sent before belongs to nobody's call.
                _ = try await services.outbox.news()
                try await session.call(from: from, hasProfile: hasProfile, CallTerminal(line))
            } catch is CancellationError {
            } catch {
                say("(\(PlainError.sentence(of: error)))")
            }
            input.finish()
            change { state in
                (state.phase, state.view, state.hint, state.inputs) = (.over, nil, "", nil)
            }
        }
        state.withLock { $0.task = task }
    }

    /// Returns the source of a call, with the command that plays it.
    private static func source(of flow: String, from: String?, hasProfile: Bool) -> TimelineSource {
        let caller = ["--from", from ?? CallCommand.withheld] + (hasProfile ? [] : ["--without-profile"])
        return TimelineSource(flow, command: ShellCommand.own(["call", flow] + caller))
    }

    private func keep(_ call: PlayedCall) {
        earlier.withLock { calls in
            calls.append(call)
            if calls.count > Self.mostCalls { calls.removeFirst() }
        }
    }

    /// Returns the HTTP API of the functions that calls use; nil when it leads to none of them.
    func front(_ services: ConsoleServices) async throws -> (any HTTPFront)? { try await services.backEnds.front() }

    /// Ends the call.
    func stop() async {
        let task = state.withLock { $0.task }
        task?.cancel()
        try? hangUp()
        await task?.value
    }

    /// Changes the state, and tells every page.
    func change(_ body: (inout State) -> Void) {
        state.withLock { body(&$0) }
        signals.changed("phone")
    }
}
