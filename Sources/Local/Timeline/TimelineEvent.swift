package import JSON

/// One thing that happened in a run: an invocation, a request, a message, a block of a flow, a sentence.
///
/// Its JSON is the form of `--events` and of the console. What does not apply is nil, and left out there.
package struct TimelineEvent: Sendable, Equatable, Codable {
    /// The part of the contact centre that an event belongs to.
    package enum Channel: String, Sendable, Codable, CaseIterable {
        case lambda, http, aws, queue, stream, email, sms, salesforce, voiceit, twilio, flow, call, alexa, audio, fault
        /// The timeline itself, such as events that a slow reader missed.
        case timeline
    }

    /// The end of what happened: as meant, refused by the other side, or failed.
    package enum Outcome: String, Sendable, Codable {
        case ok, refused, failed
    }

    /// The run's own name, which a file of several runs tells apart: eight hexadecimal digits; empty until the event is
    /// reported.
    package internal(set) var run = ""
    /// Ascending from 1 within a run; 0 until the event is reported, and for a notice of the timeline's own.
    package internal(set) var id = 0
    /// The time at which it happened, in ISO 8601 with milliseconds; empty for the time of the report.
    package var time = ""
    package var channel: Channel
    /// The kind within the channel, such as `invocation`, `sent` or `block`.
    package var kind: String
    /// One line for a person.
    package var title: String
    package var outcome: Outcome?
    package var milliseconds: Double?
    /// The function's name.
    package var function: String?
    /// The flow, the call or the session in which it happened.
    package var source: String?
    /// The id of the invocation in which it happened.
    package var invocation: Int?
    /// The command that does the same in a terminal.
    package var command: String?
    /// An object whose members depend on the channel.
    package var detail: JSONValue?

    package init(
        _ channel: Channel, _ kind: String, _ title: String, outcome: Outcome? = nil, milliseconds: Double? = nil,
        function: String? = nil, source: String? = nil, invocation: Int? = nil, command: String? = nil,
        detail: JSONValue? = nil
    ) {
        self.channel = channel
        self.kind = kind
        self.title = title
        self.outcome = outcome
        self.milliseconds = milliseconds
        self.function = function
        self.source = source
        self.invocation = invocation
        self.command = command
        self.detail = detail
    }

    /// The event as one line of JSON, without a line end.
    package var json: [UInt8] {
        // Every member is text, a number or JSON already; a time in milliseconds is finite.
        (try? JSONText.encode(self)) ?? []
    }

    /// Returns the notice of events that a reader did not get.
    static func leftOut(_ count: Int) -> TimelineEvent {
        TimelineEvent(.timeline, "leftOut", "\(count) event\(count == 1 ? " was" : "s were") left out")
    }
}
