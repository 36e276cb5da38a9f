/// One line of `switchboard doctor`.
struct Finding: Sendable, Equatable {
    enum State: String, Sendable {
        case ok
        /// Something must be mended; the text says what to do.
        case mend = "FIX"
        /// Nothing must be done, but somebody should know.
        case note
        /// It could not be looked at; the text says what that takes.
        case skipped
    }

    let state: State
    let subject: String
    let text: String

    static func ok(_ subject: String, _ text: String) -> Finding { Finding(state: .ok, subject: subject, text: text) }

    static func mend(_ subject: String, _ text: String) -> Finding {
        Finding(state: .mend, subject: subject, text: text)
    }

    static func note(_ subject: String, _ text: String) -> Finding {
        Finding(state: .note, subject: subject, text: text)
    }

    static func skipped(_ subject: String, _ text: String) -> Finding {
        Finding(state: .skipped, subject: subject, text: text)
    }

    /// The line in the printed form: states are aligned.
    var line: String {
        let padding = String(repeating: " ", count: State.skipped.rawValue.count - state.rawValue.count)
        return "\(state.rawValue)\(padding)  \(subject): \(text)"
    }
}
