import JSON

/// The audio player of an Alexa device: the current stream, its position, and the queue.
///
/// It uses no clock and no network: time passes by `advance`, and streams are fetched before. Amazon's page:
/// "AudioPlayer Interface" of the Alexa Voice Service, whose states these are.
struct AudioPlayer {
    enum Activity: String {
        case idle = "IDLE"
        case playing = "PLAYING"
        /// Speech interrupts the stream, which resumes afterwards unless the skill says otherwise; devices report it as
        /// stopped.
        case paused = "PAUSED"
        /// The stream's data do not come in time.
        case bufferUnderrun = "BUFFER_UNDERRUN"
        case finished = "FINISHED"
        case stopped = "STOPPED"
    }

    struct Item: Equatable {
        let stream: PlayedStream
        let clip: AudioClip
    }

    enum Event: Equatable {
        case nearlyFinished
        case finished
    }

    /// The time at which it reports that a stream has nearly finished.
    var nearlyFinished = NearlyFinished.start
    private(set) var activity = Activity.idle
    private(set) var item: Item?
    /// The token of the stream that plays or played last, also when that could not be fetched.
    private(set) var token: String?
    /// The position in that stream, in milliseconds.
    private(set) var offset = 0
    /// The streams to play next, each to be fetched at its turn.
    private(set) var queue: [PlayedStream] = []
    /// The position at which the stream has nearly finished; nil once that was said, or when it is said after the end.
    private var mark: Int?

    /// True when the stream is heard, or would be.
    var isPlaying: Bool { activity == .playing || activity == .bufferUnderrun }

    /// `context.AudioPlayer`.
    var context: JSONValue {
        let reported = activity == .paused ? Activity.stopped : activity
        return .members([
            "playerActivity": .string(reported.rawValue), "offsetInMilliseconds": .number(offset),
            "token": token.map(JSONValue.string),
        ])
    }

    mutating func play(_ item: Item) {
        self.item = item
        token = item.stream.token
        offset = item.stream.offset
        activity = .playing
        mark = nearlyFinished.mark(from: offset, duration: item.clip.duration)
    }

    /// Notes that a stream could not be fetched and so nothing plays.
    mutating func fail(_ stream: PlayedStream) {
        item = nil
        token = stream.token
        offset = stream.offset
        activity = .stopped
    }

    /// Moves within the stream that plays or is paused, as by the bar of a device with a screen.
    mutating func seek(to milliseconds: Int) {
        guard let item, isPlaying || activity == .paused else { return }
        offset = min(max(0, milliseconds), max(0, item.clip.duration - 1))
        if let place = mark, place < offset { mark = offset }
    }

    mutating func stop() {
        if isPlaying || activity == .paused { activity = .stopped }
    }

    mutating func pause() {
        if isPlaying { activity = .paused }
    }

    mutating func resume() {
        if activity == .paused { activity = .playing }
    }

    /// Stops the stream's data, or lets them continue.
    mutating func stall() {
        switch activity {
        case .playing: activity = .bufferUnderrun
        case .bufferUnderrun: activity = .playing
        default: break
        }
    }

    mutating func clearQueue() {
        queue = []
    }

    mutating func enqueue(_ stream: PlayedStream) {
        queue.append(stream)
    }

    /// Takes the next stream off the queue.
    mutating func next() -> PlayedStream? {
        queue.isEmpty ? nil : queue.removeFirst()
    }

    /// Lets `time` milliseconds pass up to the next event, which it returns; `time` becomes the rest.
    mutating func advance(_ time: inout Int) -> Event? {
        guard activity == .playing, let item else {
            time = 0
            return nil
        }
        let step = max(0, (mark ?? item.clip.duration) - offset)
        guard step <= time else {
            offset += time
            time = 0
            return nil
        }
        offset += step
        time -= step
        guard mark == nil else {
            mark = nil
            return .nearlyFinished
        }
        activity = .finished
        return .finished
    }
}
