import Foundation
import JSON
import Timeline

/// The lines of `deploy --local` while it runs: one for each request, invocation and message, e-mails in full.
struct StackLines: Sendable {
    /// The number of lines of a failed function's log.
    private static let most = 5

    func lines(of event: TimelineEvent) -> [String] {
        // 12:36:00, in UTC as the functions' logs have it.
        let time = event.time.split(separator: "T").last.map { String($0.prefix(8)) } ?? ""
        // A request that a function sent stands under its name.
        let by = event.channel == .lambda ? "" : event.function.map { "\($0): " } ?? ""
        let title = "\(by)\(event.title)".split(whereSeparator: \.isNewline).joined(separator: " ")
        return ["\(time)  \(title)"] + more(event).map { "          \($0)" }
    }

    private func more(_ event: TimelineEvent) -> [String] {
        switch event.channel {
        case .email:
            let detail = event.detail
            let to = detail?["to"]?.array?.compactMap(\.string).joined(separator: ", ") ?? ""
            let text = detail?["text"]?.string ?? detail?["html"]?.string ?? ""
            return [
                "From: \(detail?["from"]?.string ?? "")", "To: \(to)", "Subject: \(detail?["subject"]?.string ?? "")",
            ]
                + text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        case .lambda where event.outcome == .failed:
            let error = event.detail?["error"]?["errorMessage"]?.string
            let log = event.detail?["log"]?.array?.compactMap(\.string) ?? []
            return (error.map { [$0] } ?? []) + log.suffix(Self.most)
        default: return []
        }
    }
}
