import LocalServices

/// What a whole demo prints: a line an event, what differed, what arrived, and how many were as expected.
struct DemoReport {
    /// How many of the differing events are shown whole.
    private static let detailed = 5

    let results: [DemoResult]
    let arrivals: LocalArrivals

    var text: String {
        let rows = results.map { result in
            [
                result.function, result.event, result.expected.joined(separator: ", then "),
                result.came.joined(separator: ", then "), "\(result.duration.milliseconds) ms",
                result.isAsExpected ? "ok" : "DIFFERS",
            ]
        }
        let table = Table(heads: ["function", "event", "expected", "came", "time", ""], rows: rows).text
        let differing = results.filter { !$0.isAsExpected }
        let rest = differing.count - Self.detailed
        let more = rest > 0 ? ["\(rest) more differ: switchboard invoke <Function> --event <file> shows each."] : []
        let count = "\(results.count) events, \(results.count - differing.count) as expected"
        return ([table] + differing.prefix(Self.detailed).map(detail) + more + [arrivals.brief, count]).joined(
            separator: "\n\n")
    }

    private func detail(_ result: DemoResult) -> String {
        let log = result.log.isEmpty ? [] : ["The function's log ends with:", result.log]
        return (["\(result.function), \(result.event): this came instead:"] + result.differences + log)
            .joined(separator: "\n")
    }
}
