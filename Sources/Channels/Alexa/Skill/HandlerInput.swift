package import Logging

/// The input of a handler.
package struct HandlerInput: Sendable {
    package let envelope: RequestEnvelope
    package let attributes: Attributes
    package let context: SkillContext
    /// The instant at which the user began to wait for the response, as far as is known.
    package let arrival: ContinuousClock.Instant

    package var request: Request { envelope.request }
    package var intent: Intent? { envelope.request.intent }
}

/// The time and the log of one request.
package struct SkillContext: Sendable {
    /// The instant that the response must be given by.
    package let deadline: ContinuousClock.Instant
    /// The instant that calls must have ended by, so that there is time left to answer.
    package let callDeadline: ContinuousClock.Instant
    package let logger: Logger

    package init(deadline: ContinuousClock.Instant, callDeadline: ContinuousClock.Instant, logger: Logger) {
        self.deadline = deadline
        self.callDeadline = callDeadline
        self.logger = logger
    }
}
