import JSON
import LocalServices

/// The output of a demo as it goes: a line a function, a line an event with `-v`, JSON with `--json`, failures at once,
/// and at the end the totals.
struct DemoReport {
    enum Form {
        case brief, verbose, json
    }

    let form: Form
    let terminal: TerminalStyle
    /// The width of the column of the functions' names.
    let nameWidth: Int
    /// Prints a line.
    let print: (String) -> Void
    private(set) var count = 0
    private(set) var failed = 0

    init(form: Form, terminal: TerminalStyle, names: [String], print: @escaping (String) -> Void) {
        self.form = form
        self.terminal = terminal
        nameWidth = max(12, names.map(\.count).max() ?? 0)
        self.print = print
    }

    /// Prints what stands before a function's events.
    func begin(_ function: String) {
        if form == .verbose { print(function) }
    }

    /// Counts an event, and prints it where the form has a line for each or it failed.
    mutating func add(_ result: DemoResult, eventWidth: Int) {
        count += 1
        failed += result.isAsExpected ? 0 : 1
        switch form {
        case .json: print(result.json.text)
        case .verbose: print(result.line(nameWidth: eventWidth, terminal))
        case .brief: break
        }
        if form != .json, !result.isAsExpected { result.failure(terminal).forEach(print) }
    }

    /// Prints a function's line.
    func end(_ row: DemoRow) {
        if form != .json { print(row.line(nameWidth: nameWidth, terminal)) }
    }

    /// Prints the totals, and what to try next.
    func finish(after duration: Duration, isWhole: Bool, next: [(label: String, command: String)]) {
        guard form != .json else {
            let totals: JSONValue = [
                "events": .number("\(count)"), "failed": .number("\(failed)"), "finished": .bool(isWhole),
                "milliseconds": .number(duration.milliseconds),
            ]
            return print(totals.text)
        }
        let state = failed == 0 ? "\(count) as expected" : "\(count - failed) as expected, \(failed) FAILED"
        let events = "\(count) event\(count == 1 ? "" : "s")"
        print("")
        print("\(isWhole ? "" : "Stopped after ")\(events), \(state), in \(duration.brief).")
        for (label, command) in next { print("\(label.padded(to: 9))\(command)") }
    }
}

extension DemoResult {
    /// The event as a line of `--json`.
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "function": .string(function), "event": .string(event), "status": .string(isAsExpected ? "ok" : "failed"),
            "milliseconds": .number(duration.milliseconds), "summary": .array(summaries.map { .string($0) }),
        ]
        if !differences.isEmpty {
            members["differences"] = .array(
                differences.map { ["expected": .string($0.expected), "actual": .string($0.actual)] })
            members["log"] = .string(log)
        }
        if let arrivals {
            members["emails"] = .array(arrivals.emails.map { .array($0.to.map { .string($0) }) })
            members["texts"] = .array(arrivals.texts.map { .string($0.to) })
            members["records"] = .array((arrivals.created ?? []).map { .string($0.object) })
        }
        return .object(members)
    }
}
