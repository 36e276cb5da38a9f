import LocalServices

/// The lines of one function's events in a demo.
struct DemoRow {
    let function: String
    /// The events that have been given, which an interruption makes fewer than `count`.
    let results: [DemoResult]
    let count: Int
    let arrivals: LocalArrivals

    /// The line of the function, no wider than the terminal: its events, how they went, how long they took, what arrived.
    func line(nameWidth: Int, _ terminal: TerminalStyle) -> String {
        let failed = results.filter { !$0.isAsExpected }.count
        let isWhole = results.count == count
        let events = (isWhole ? "\(count)" : "\(results.count) of \(count)") + (count == 1 ? " event" : " events")
        let state = failed > 0 ? "\(failed) FAILED" : isWhole ? "ok" : "stopped"
        let columns = [
            function.padded(to: nameWidth), events.padded(to: 9), state.padded(to: 8), times.padded(to: 12),
            arrivals.counts,
        ]
        let line = columns.joined(separator: "  ").trimmed.shortened(to: terminal.columns)
        return failed > 0 ? terminal.failed(state, in: line) : terminal.good(state, in: line)
    }

    /// The shortest and the longest duration.
    private var times: String {
        let durations = results.map(\.duration)
        guard let least = durations.min(), let most = durations.max() else { return "" }
        let (from, to) = (least.brief, most.brief)
        if from == to { return to }
        return from.hasSuffix(" ms") && to.hasSuffix(" ms") ? "\(from.dropLast(3))-\(to)" : "\(from)-\(to)"
    }
}

extension DemoResult {
    /// One line for people about the event, no wider than the terminal.
    func line(nameWidth: Int, _ terminal: TerminalStyle) -> String {
        let responses = summaries.joined(separator: ", then ")
        let texts = [isAsExpected ? nil : "FAILED", arrivals?.recipients, responses].compactMap { $0 }
        let text = texts.filter { !$0.isEmpty }.joined(separator: ": ")
        let line = "  \(event.padded(to: nameWidth))  \(text)".shortened(to: terminal.columns)
        return isAsExpected ? line : terminal.failed("FAILED", in: line)
    }

    /// The lines that say what was expected and what the function responded instead.
    func failure(_ terminal: TerminalStyle) -> [String] {
        let head = terminal.failed("FAILED", in: "\(function) \(event): FAILED")
        let lines = differences.flatMap { ["  expected  \($0.expected)", "  actual    \($0.actual)"] }
        let ending = log.split(whereSeparator: \.isNewline).map { "    \($0)" }
        return [head] + lines + (ending.isEmpty ? [] : ["  The function's log ends with:"] + ending)
    }
}

extension Duration {
    /// `0.6 ms`, `31 ms` or `3.0 s`.
    var brief: String {
        let milliseconds = self / .milliseconds(1)
        func tenths(_ value: Double) -> String {
            let tenths = Int((value * 10).rounded())
            return "\(tenths / 10).\(tenths % 10)"
        }
        if milliseconds < 9.95 { return "\(tenths(milliseconds)) ms" }
        return milliseconds < 999.5 ? "\(Int(milliseconds.rounded())) ms" : "\(tenths(milliseconds / 1000)) s"
    }
}
