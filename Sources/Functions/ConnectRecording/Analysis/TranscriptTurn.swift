import JSON

/// Something that a participant of a call or a chat said.
struct TranscriptTurn: Sendable, Equatable {
    /// Nil where the list of participants has it.
    let role: String?
    /// The participant's id.
    let participant: String?
    let content: String

    /// Reads an item of a conversation; nil for events, attachments, and messages that are not for people to read.
    init?(_ json: JSONValue) {
        guard json["Type"].map({ $0.string == "MESSAGE" }) ?? true,
            json["ContentType"].map({ ["text/plain", "text/markdown"].contains($0.string) }) ?? true,
            let content = json["Content"]?.string, !content.isEmpty
        else { return nil }
        role = json["ParticipantRole"]?.string
        participant = json["ParticipantId"]?.string
        self.content = content
    }
}

/// The roles of the participants in a conversation.
struct TranscriptRoles {
    private static let names = [
        "AGENT": "Agent", "CUSTOMER": "Customer", "SYSTEM": "System", "CUSTOM_BOT": "Bot",
    ]

    private var roles: [String: String] = [:]

    /// Reads `Participants`.
    init(_ participants: JSONValue?) {
        for participant in participants?.array ?? [] {
            guard let id = participant["ParticipantId"]?.string, let role = participant["ParticipantRole"]?.string
            else { continue }
            roles[id] = role
        }
    }

    /// Returns a line for each turn, such as `Agent: It arrives today.`; nil when there is none.
    func text(of turns: [TranscriptTurn]) -> String? {
        guard !turns.isEmpty else { return nil }
        return turns.map(line).joined(separator: "\n").cut(at: ContactAnalysis.longestTranscript)
    }

    private func line(_ turn: TranscriptTurn) -> String {
        let role = turn.role ?? turn.participant.map { roles[$0] ?? $0 } ?? ""
        let name = Self.names[role] ?? role
        return name.isEmpty ? Self.joined(turn.content) : "\(Self.joined(name)): \(Self.joined(turn.content))"
    }

    /// Returns a text in one line: each line break becomes a space.
    private static func joined(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        var last: UnicodeScalar?
        for scalar in text.unicodeScalars {
            // CR and LF together are one line break.
            if !(last == "\r" && scalar == "\n") { line.append(isBreak(scalar) ? " " : scalar) }
            last = scalar
        }
        return String(line)
    }

    /// Returns true for the characters at which "Unicode Line Breaking Algorithm" (UAX #14) must break.
    private static func isBreak(_ scalar: UnicodeScalar) -> Bool {
        switch scalar.value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
