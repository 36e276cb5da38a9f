/// A long report of a device, in which streams that went by the same way are counted instead of listed.
enum FoldedLines {
    /// Streams of one kind in a row that are listed one by one.
    private static let most = 3

    static func folded(_ lines: [String]) -> [String] {
        let starts = lines.indices.filter { lines[$0].hasPrefix("Plays: ") }
        guard let first = starts.first else { return lines }
        let parts = zip(starts, starts.dropFirst() + [lines.endIndex]).map { Array(lines[$0..<$1]) }
        var folded = Array(lines[..<first])
        var rest = parts[...]
        while let part = rest.first {
            let run = Array(rest.prefix { shape($0) == shape(part) })
            rest = rest.dropFirst(run.count)
            guard run.count > most else {
                folded += run.joined()
                continue
            }
            folded += part + ["(… \(run.count - 2) more streams, each in the same way …)"] + (run.last ?? [])
        }
        return folded
    }

    /// The lines without what differs from stream to stream: its key and the seconds.
    private static func shape(_ lines: [String]) -> [String] {
        lines.map { line in
            for head in ["Plays: ", "Enqueues: "] where line.hasPrefix(head) { return head }
            return String(line.prefix { !$0.isNumber })
        }
    }
}
