/// Keys that are sent with a call, each with its time of arrival.
struct TwilioKeys {
    /// Milliseconds of a comma, and of a key with the gap after it.
    private static let comma = 750
    private static let key = 200

    private var waiting: [(key: Character, time: Int)] = []

    /// - Parameter lost: The number of keys that never arrive, from the first.
    init(_ digits: String, lost: Int = 0) {
        var time = 0
        for character in digits {
            if character == "," {
                time += Self.comma
            } else {
                waiting.append((character, time))
                time += Self.key
            }
        }
        waiting.removeFirst(min(lost, waiting.count))
    }

    /// Returns the keys that `<Gather>` receives, and its end; earlier and later keys are lost.
    ///
    /// - Parameters:
    ///   - start: The start of the verb.
    ///   - end: The end of its speech; from then, and from each key, it waits for `timeout` milliseconds.
    func gathered(from start: Int, end: Int, timeout: Int, most: Int?, last: Character?) -> (String, Int) {
        var (typed, deadline) = ("", end + timeout)
        var now = deadline
        for (key, time) in waiting where time >= start {
            guard time <= deadline else { break }
            now = time
            if key == last { break }
            typed.append(key)
            if typed.count == most { break }
            deadline = time + timeout
            now = deadline
        }
        return (typed, now)
    }
}
