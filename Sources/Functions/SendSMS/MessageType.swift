/// How a message is routed: for reliability, or for cost.
enum MessageType: String, Sendable, CaseIterable {
    case transactional = "Transactional"
    case promotional = "Promotional"

    /// Reads `Transactional` or `Promotional`, in any case.
    init?(parsing text: String) {
        guard let type = Self.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) else {
            return nil
        }
        self = type
    }
}
