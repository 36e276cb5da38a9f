import Foundation
import JSON
import Timeline

/// The lines of `deploy --local` while it runs: one for each request, invocation and message, e-mails in full.
struct StackLines: Sendable {
    /// The number of lines of a failed function's log.
    private static let most = 5

    func lines(of event: TimelineEvent) -> [String] { text(of: event).map(\.printable) }

    private func text(of event: TimelineEvent) -> [String] {
        // 12:36:00, in UTC as the functions' logs have it.
        let time = event.time.split(separator: "T").last.map { String($0.prefix(8)) } ?? ""
        // A request that a function sent stands under its name.
        let by = event.channel == .lambda ? "" : event.function.map { "\($0): " } ?? ""
        let title = "\(by)\(event.title)\(Self.facts(event))".split(whereSeparator: \.isNewline).joined(separator: " ")
        return ["\(time)  \(title)"] + more(event).map { "          \($0)" }
    }

    /// Returns how an invocation ran: ` (cold, init 41 ms, 29 MB)`; empty for what is not known, and for other events.
    private static func facts(_ event: TimelineEvent) -> String {
        guard event.channel == .lambda, let isCold = event.detail?["cold"]?.bool else { return "" }
        let start = event.detail?["initMilliseconds"]?.scalarText.flatMap(Double.init)
            .map { "init \(Int($0.rounded())) ms" }
        let memory = event.detail?["memoryMB"]?.int.map { "\($0) MB" }
        return " (\([isCold ? "cold" : "warm", start, memory].compactMap(\.self).joined(separator: ", ")))"
    }

    private func more(_ event: TimelineEvent) -> [String] {
        switch event.channel {
        case .email:
            let detail = event.detail
            func people(_ name: String) -> String {
                detail?[name]?.array?.compactMap(\.string).joined(separator: ", ") ?? ""
            }
            // Those that few e-mails have.
            let others = [("Cc", people("cc")), ("Reply-To", people("replyTo"))].filter { !$0.1.isEmpty }
            let text = detail?["text"]?.string ?? detail?["html"]?.string ?? ""
            return [
                "From: \(detail?["from"]?.string ?? "")", "To: \(people("to"))",
            ] + others.map { "\($0.0): \($0.1)" } + ["Subject: \(detail?["subject"]?.string ?? "")"]
                + text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        case .lambda where event.outcome == .failed:
            let error = event.detail?["error"]?["errorMessage"]?.string
            let log = event.detail?["log"]?.array?.compactMap(\.string) ?? []
            return (error.map { [$0] } ?? []) + log.suffix(Self.most)
        default: return []
        }
    }
}
