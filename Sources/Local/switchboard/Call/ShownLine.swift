/// A line of a call as a person sees it: whose it is, what it tells, and its words. A literal is a note of Amazon Connect's.
struct ShownLine: Sendable, Equatable, ExpressibleByStringInterpolation {
    enum Speaker: String, Sendable {
        case connect = "Connect"
        case twilio = "Twilio"
    }

    enum Kind: Sendable, Equatable {
        /// Words that the caller hears.
        case said
        /// A note on what happens.
        case note
        /// The call goes to another number, to a queue or to an agent.
        case transferred
        /// The call, the flow or the guide has ended.
        case ended
        /// Keys that were sent with a transfer.
        case keys
        /// A line of a view that the agent sees.
        case view
        /// A line of an e-mail or a text message that was sent.
        case message
    }

    let kind: Kind
    let speaker: Speaker
    /// The words without their speaker.
    let words: String

    init(_ kind: Kind, _ words: String, of speaker: Speaker = .connect) {
        (self.kind, self.words, self.speaker) = (kind, words, speaker)
    }

    init(stringLiteral note: String) { self.init(.note, note) }

    static func connect(_ words: String) -> ShownLine { ShownLine(.said, words) }

    static func twilio(_ words: String) -> ShownLine { ShownLine(.said, words, of: .twilio) }

    /// A note on Twilio's part of the call.
    static func twilioNote(_ note: String) -> ShownLine { ShownLine(.note, note, of: .twilio) }

    /// The whole line, as a terminal shows it and a script expects it.
    var text: String { kind == .said ? "\(speaker.rawValue): \(words)" : words }
}
