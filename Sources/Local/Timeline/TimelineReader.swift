import Synchronization

/// One reader's events that it has not read yet.
final class TimelineReader: Sendable {
    private struct State {
        var waiting: [TimelineEvent] = []
        /// The number of events in front that have been read.
        var start = 0
        /// The number of events that did not fit since the last that did.
        var missed = 0
        var isFinished = false
        var continuation: CheckedContinuation<TimelineEvent?, Never>?

        var count: Int { waiting.count - start }

        /// Returns the oldest event, or the notice of those that did not fit.
        mutating func pop() -> TimelineEvent? {
            guard start < waiting.count else {
                guard missed > 0 else { return nil }
                defer { missed = 0 }
                return .leftOut(missed)
            }
            let event = waiting[start]
            start += 1
            if start == waiting.count || start > 1_024 {
                waiting.removeFirst(start)
                start = 0
            }
            return event
        }
    }

    private let buffer: Int
    private let state = Mutex(State())

    init(buffer: Int) {
        self.buffer = max(1, buffer)
    }

    /// Takes the events that are there at the start, however many they are.
    func start(with events: [TimelineEvent]) {
        state.withLock { $0.waiting = events }
    }

    func take(_ event: TimelineEvent) {
        let waiting: CheckedContinuation<TimelineEvent?, Never>? = state.withLock { state in
            guard !state.isFinished else { return nil }
            if let continuation = state.continuation {
                state.continuation = nil
                return continuation
            }
            guard state.count < buffer else {
                state.missed += 1
                return nil
            }
            if state.missed > 0 {
                state.waiting.append(.leftOut(state.missed))
                state.missed = 0
            }
            state.waiting.append(event)
            return nil
        }
        waiting?.resume(returning: event)
    }

    /// Returns the next event; nil when there will be none.
    func next() async -> TimelineEvent? {
        await withCheckedContinuation { continuation in
            let ready: TimelineEvent?? = state.withLock { state in
                if let event = state.pop() { return event }
                if state.isFinished { return .some(nil) }
                state.continuation = continuation
                return nil
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }

    func finish() {
        let waiting = state.withLock { state in
            state.isFinished = true
            defer { state.continuation = nil }
            return state.continuation
        }
        waiting?.resume(returning: nil)
    }
}
