/// The time at which a device requests the next stream, by AudioPlayer.PlaybackNearlyFinished; devices differ.
enum NearlyFinished: String, CaseIterable {
    /// Right after the start, on most devices.
    case start
    /// Two seconds before the end.
    case end
    /// Once the stream has finished.
    case finished

    /// Returns the position in a stream of `duration` that began at `offset`, all in milliseconds; nil after its end.
    func mark(from offset: Int, duration: Int) -> Int? {
        switch self {
        case .start: min(offset + 200, duration)
        case .end: duration - 2000
        case .finished: nil
        }
    }
}
