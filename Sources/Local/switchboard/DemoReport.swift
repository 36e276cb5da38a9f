import LocalServices

/// What a whole demo prints: a line an event, what differed, what arrived, and how many were as expected.
struct DemoReport {
    let results: [DemoResult]
    let arrivals: Arrivals

    var text: String {
        let rows = results.map { result in
            [
                result.function, result.event, result.expected.joined(separator: ", then "),
                result.came.joined(separator: ", then "), "\(result.duration.milliseconds) ms",
                result.isAsExpected ? "ok" : "DIFFERS",
            ]
        }
        let table = Table(heads: ["function", "event", "expected", "came", "time", ""], rows: rows).text
        let differing = results.filter { !$0.isAsExpected }.map { result in
            """
            \(result.function), \(result.event): this came instead:
            \(result.differences.joined(separator: "\n"))
            The function's log ends with:
            \(result.log)
            """
        }
        let count = "\(results.count) events, \(results.count - differing.count) as expected"
        return ([table] + differing + [arrivals.brief, count]).joined(separator: "\n\n")
    }
}
