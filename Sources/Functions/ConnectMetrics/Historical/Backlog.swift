import AWS

/// The intervals that a run of the task `historical` writes, in blocks, the oldest first.
struct Backlog: Sendable, Equatable {
    /// The time before the mark that is written again, since Connect still corrects it; a first run's, too.
    static let corrected = 3_600
    /// The longest time of a block.
    private static let longestBlock = 4 * 3_600

    let blocks: [Range<Int>]

    /// - Parameters:
    ///   - mark: The end of the last interval that was written, in seconds since 1970; nil for a first run.
    ///   - now: The present.
    init(after mark: Int?, now: Int, by interval: MetricInterval, backfillHours: Int) {
        let length = interval.seconds
        let end = now / length * length
        let first = (mark ?? end) - Self.corrected
        let start = max(first / length * length, end - backfillHours * 3_600)
        blocks = stride(from: start, to: end, by: Self.longestBlock).map { start in
            start..<min(start + Self.longestBlock, end)
        }
    }
}

/// The end of the last interval that was written, as the table's item keeps it.
enum Mark {
    private static let name = "mark"

    /// Returns the mark of an item; nil for one that cannot be read, or is from the future.
    static func time(in item: Item?, now: Int) -> Int? {
        item?[name]?.int.flatMap { 0...now ~= $0 ? $0 : nil }
    }

    static func item(_ time: Int) -> Item { [name: .number(time)] }
}
