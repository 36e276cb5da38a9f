import LocalServices

/// The e-mails and text messages that the local AWS has accepted since the last look.
actor Outbox {
    private let arrivals: @Sendable () async throws -> LocalArrivals
    private var emails = 0
    private var texts = 0

    /// - Parameter arrivals: Returns what was accepted so far, in its order.
    init(_ arrivals: @escaping @Sendable () async throws -> LocalArrivals) {
        self.arrivals = arrivals
    }

    init(_ backEnds: BackEnds) {
        self.init { try await backEnds.arrivals() }
    }

    /// Returns the new messages, a line each with their content below it.
    func news() async throws -> [String] {
        let arrivals = try await arrivals()
        let lines =
            arrivals.emails.dropFirst(emails).flatMap {
                Self.lines("E-mail to \($0.to.joined(separator: ", ")): \($0.subject)", $0.text ?? $0.html ?? "")
            } + arrivals.texts.dropFirst(texts).flatMap { Self.lines("SMS to \($0.to):", $0.text) }
        (emails, texts) = (arrivals.emails.count, arrivals.texts.count)
        return lines
    }

    private static func lines(_ head: String, _ text: String) -> [String] {
        [head] + text.split(whereSeparator: \.isNewline).map { "  \($0)" }
    }
}
