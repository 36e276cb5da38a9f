/// When a device asks what is to play next, by AudioPlayer.PlaybackNearlyFinished; the devices differ.
enum NearlyFinished: String, CaseIterable {
    /// Right after the start, as most devices do.
    case start
    /// Two seconds before the end.
    case end
    /// Once the stream has finished.
    case finished

    /// Where in a stream of `duration` that began at `offset` that is, all in milliseconds; nil after its end.
    func mark(from offset: Int, duration: Int) -> Int? {
        switch self {
        case .start: min(offset + 200, duration)
        case .end: duration - 2000
        case .finished: nil
        }
    }
}
