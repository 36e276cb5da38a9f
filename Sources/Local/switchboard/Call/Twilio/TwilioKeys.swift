/// Keys that are sent with a call, and when each arrives.
struct TwilioKeys {
    /// Milliseconds of a comma, and of a key with the gap behind it.
    private static let comma = 750
    private static let key = 200

    private var waiting: [(key: Character, time: Int)] = []

    /// - Parameter lost: What of the keys never arrives: their number, from the first.
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

    /// The keys that `<Gather>` takes, and when it is over; those before it are lost, and so is what comes behind its end.
    ///
    /// - Parameters:
    ///   - start: When it begins.
    ///   - end: When what it says is over; from then, and from each key, it waits for `timeout` milliseconds.
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
