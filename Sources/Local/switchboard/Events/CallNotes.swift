import JSON
import Timeline

/// The lines of `call` about functions and branches, for a person; a script does not expect them.
struct CallNotes: Sendable {
    /// True for whole events, responses and logs: `--log`.
    let isWhole: Bool

    /// Returns the lines of one event; none for what the call itself shows.
    func lines(of event: TimelineEvent) -> [String] {
        switch event.channel {
        case .lambda: isWhole ? whole(event) : brief(event)
        case .flow: branch(event)
        case .twilio where isWhole && event.kind == "webhook": webhook(event)
        default: []
        }
    }

    private func brief(_ event: TimelineEvent) -> [String] {
        let name = event.function ?? ""
        let input = event.detail?["event"]
        let parameters = input?["Details"]?["Parameters"] ?? input ?? [:]
        let gets =
            input?["rawPath"]?.string.map { "\(input?["requestContext"]?["http"]?["method"]?.string ?? "POST") \($0)" }
            ?? Self.words(parameters)
        let milliseconds = event.milliseconds.map { " in \(Int($0.rounded())) ms" } ?? ""
        let answer: String =
            if let error = event.detail?["error"] {
                "fails with \(error["errorType"]?.string ?? "an error")\(milliseconds): "
                    + (error["errorMessage"]?.string ?? error.text)
            } else {
                "answers\(milliseconds): \(Self.answer(event.detail?["response"]))"
            }
        return ["  (\(name) gets: \(gets))", "  (\(name) \(answer))"]
    }

    private func whole(_ event: TimelineEvent) -> [String] {
        let name = event.function ?? ""
        let log = event.detail?["log"]?.array?.compactMap(\.string) ?? []
        let (kind, answer) =
            event.detail?["error"].map { ("error:   ", $0) } ?? ("response:", event.detail?["response"] ?? .null)
        return ["\(name) event:    \(event.detail?["event"]?.text ?? "")"] + log + ["\(name) \(kind) \(answer.text)"]
    }

    private func branch(_ event: TimelineEvent) -> [String] {
        guard let detail = event.detail, let block = detail["block"]?.string else { return [] }
        var lines: [String] = []
        if detail["type"] == "InvokeLambdaFunction", let external = detail["external"] {
            lines = InvocationLog.external(external).map { "  \($0)" }
        }
        let branch = detail["branch"]?.string
        let isChoice = detail["type"] == "InvokeLambdaFunction" || branch != nil && branch != "NextAction"
        guard isChoice, let next = detail["next"]?.string else { return lines }
        return lines + ["  (\(block): \(branch ?? "") → \(next))"]
    }

    private func webhook(_ event: TimelineEvent) -> [String] {
        let form = event.detail?["request"]?["body"]?.object ?? [:]
        let fields = form.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.scalarText ?? "")" }
        return ["Twilio POST \(event.detail?["target"]?.string ?? "") \(fields.joined(separator: " "))"]
    }

    /// Returns a response in one line: of HTTP the status and the beginning of the body.
    private static func answer(_ value: JSONValue?) -> String {
        guard let status = value?["statusCode"]?.int else { return words(value) }
        let body = value?["body"]?.string ?? ""
        let text = body.firstRange(of: "?>").map { String(body[$0.upperBound...]) } ?? body
        return "\(status) \(text.split(whereSeparator: \.isNewline).joined(separator: " ").shortened(to: 100))".trimmed
    }

    /// Returns an object's members in one line: `name=value, …`; anything else as JSON, shortened.
    private static func words(_ value: JSONValue?) -> String {
        guard let members = value?.object else { return (value?.text ?? "nothing").shortened(to: 200) }
        guard !members.isEmpty else { return "nothing" }
        return members.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(($0.value.scalarText ?? $0.value.text).shortened(to: 200))" }.joined(separator: ", ")
    }
}
