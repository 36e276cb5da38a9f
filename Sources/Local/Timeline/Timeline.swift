import Encoding
import Synchronization

/// Everything that happened in a run, in its order: the last events, and those who read them.
///
/// A reporter never waits for a reader. Secrets are taken out of every event here (`Redaction`).
package final class Timeline: Sendable {
    private struct State {
        var lastID = 0
        /// The events with their weights, the oldest first.
        var events: [(event: TimelineEvent, weight: Int)] = []
        /// The number of events at the beginning that have been dropped already, but for their places.
        var start = 0
        var weight = 0
        /// The id up to which events were cleared: nobody misses these.
        var clearedID = 0
        var readers: [WeakReader] = []
        var sinks: [@Sendable (TimelineEvent) -> Void] = []
        var isFinished = false
    }

    private struct WeakReader {
        weak var reader: TimelineReader?
    }

    /// The number of events that are kept.
    package static let limit = 10_000
    /// The weight of the events that are kept: about their size in memory, in bytes.
    package static let weightLimit = 32 << 20

    package let redaction: Redaction
    /// The run's own name, in each of its events.
    package let run: String
    private let limit: Int
    private let weightLimit: Int
    private let now: @Sendable () -> String
    private let state = Mutex(State())

    package init(
        redaction: Redaction = Redaction(), limit: Int = Timeline.limit, weightLimit: Int = Timeline.weightLimit,
        now: @escaping @Sendable () -> String = { UTCTime.now.extended }
    ) {
        self.redaction = redaction
        run = Self.newRun()
        self.limit = limit
        self.weightLimit = weightLimit
        self.now = now
    }

    /// The id of the latest event; 0 before the first.
    package var lastID: Int { state.withLock { $0.lastID } }

    private static func newRun() -> String {
        let digits = String(UInt32.random(in: 0 ... .max), radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// Adds an event, without the secrets in it, and passes it to every reader; returns its id.
    @discardableResult
    package func report(_ event: TimelineEvent) -> Int {
        var event = redaction.redacted(event.shortened)
        if event.time.isEmpty { event.time = now() }
        if event.title.utf8.contains(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            event.title = event.title.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        let weight = event.weight
        return state.withLock { state in
            guard !state.isFinished else { return 0 }
            state.lastID += 1
            (event.id, event.run) = (state.lastID, run)
            state.events.append((event, weight))
            state.weight += weight
            drop(&state)
            for sink in state.sinks { sink(event) }
            var isGone = false
            for place in state.readers.indices {
                guard let reader = state.readers[place].reader else {
                    isGone = true
                    continue
                }
                reader.take(event)
            }
            if isGone { state.readers.removeAll { $0.reader == nil } }
            return event.id
        }
    }

    /// Drops the oldest events over the limits; the newest one stays, however heavy it is.
    private func drop(_ state: inout State) {
        while state.events.count - state.start > 1,
            state.events.count - state.start > limit || state.weight > weightLimit
        {
            state.weight -= state.events[state.start].weight
            // The place stays until many are empty; what was in it does not.
            state.events[state.start] = (.leftOut(1), 0)
            state.start += 1
        }
        if state.start > 1_024, state.start > state.events.count / 2 {
            state.events.removeFirst(state.start)
            state.start = 0
        }
    }

    /// Returns the events after that id that are still kept.
    package func events(after id: Int = 0) -> [TimelineEvent] {
        state.withLock { Self.events(after: id, $0) }
    }

    private static func events(after id: Int, _ state: State) -> [TimelineEvent] {
        // Ids ascend by one, so the place of the first is known.
        guard let first = state.events.dropFirst(state.start).first?.event.id else { return [] }
        let place = state.start + max(0, id + 1 - first)
        return place < state.events.count ? state.events[place...].map(\.event) : []
    }

    /// Returns the events from now on, or all after an id, as they are reported.
    ///
    /// A reader that falls `buffer` events behind misses those that do not fit, and gets a notice in their place; so it
    /// does for events after `id` that were dropped. The stream ends with `finish()`.
    package func subscribe(after id: Int? = nil, buffer: Int = 1_000) -> AsyncStream<TimelineEvent> {
        let reader = TimelineReader(buffer: buffer)
        state.withLock { state in
            if let id, id < state.lastID {
                let kept = Self.events(after: id, state)
                let missing = (kept.first?.id ?? state.lastID + 1) - 1 - max(id, state.clearedID)
                reader.start(with: (missing > 0 ? [.leftOut(missing)] : []) + kept)
            }
            if state.isFinished {
                reader.finish()
            } else {
                state.readers.append(WeakReader(reader: reader))
            }
        }
        return AsyncStream {
            await reader.next()
        } onCancel: {
            reader.finish()
        }
    }

    /// Calls `sink` with every event from now on, in their order, within `report(_:)`: it must be quick and may not
    /// report itself.
    package func pass(to sink: @escaping @Sendable (TimelineEvent) -> Void) {
        state.withLock { $0.sinks.append(sink) }
    }

    /// Forgets the events so far; ids go on.
    package func clear() {
        state.withLock { state in
            (state.events, state.start, state.weight) = ([], 0, 0)
            state.clearedID = state.lastID
        }
    }

    /// Ends every stream once its reader has read it to the end; later reports are dropped.
    package func finish() {
        let readers = state.withLock { state in
            state.isFinished = true
            state.sinks = []
            defer { state.readers = [] }
            return state.readers.compactMap(\.reader)
        }
        for reader in readers { reader.finish() }
    }

    /// The number of readers that still read.
    package var readerCount: Int {
        state.withLock { state in
            state.readers.removeAll { $0.reader == nil }
            return state.readers.count
        }
    }
}
