/// A caller's and an agent's end of a call that is not a terminal, such as a page's.
struct CallLine: Sendable {
    /// Shows a line.
    var say: @Sendable (ShownLine) -> Void
    /// Says what can be typed now.
    var hint: @Sendable (String) -> Void
    /// Returns the next typed line; nil when the caller has hung up.
    var next: @Sendable () async -> String?
    /// Returns an agent's answer to a view; nil when the agent has closed it.
    var agent: @Sendable (AgentView) async throws -> AgentAnswer?
    /// Returns a WAV file that is said.
    var file: @Sendable (_ name: String) throws -> [UInt8]
}

/// An agent's answer to a view.
enum AgentAnswer: Sendable {
    case choice(AgentView.Choice)
    /// The values of a form's fields, by their names.
    case form([String: String])
    /// The agent lets the time run out.
    case silence
}
