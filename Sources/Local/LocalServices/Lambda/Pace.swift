/// The response times of a local service.
struct Pace: Sendable {
    private struct Rule: Sendable {
        let path: String
        let milliseconds: ClosedRange<Int>
        var numbers: SeededGenerator
    }

    /// The longest path first.
    private var rules: [Rule] = []

    /// Sets the range of milliseconds for the paths that begin so, replacing an earlier one.
    mutating func take(_ milliseconds: ClosedRange<Int>, path: String, seed: UInt64) {
        rules.removeAll { $0.path == path }
        rules.append(Rule(path: path, milliseconds: milliseconds, numbers: SeededGenerator(seed: seed)))
        rules.sort { $0.path.count > $1.path.count }
    }

    /// Returns the next call's delay; nil for none.
    mutating func delay(of path: String) -> Duration? {
        guard let index = rules.firstIndex(where: { path.hasPrefix($0.path) }) else { return nil }
        let milliseconds = Int.random(in: rules[index].milliseconds, using: &rules[index].numbers)
        return milliseconds > 0 ? .milliseconds(milliseconds) : nil
    }
}
