/// The result of an event.
package struct VoiceDecision: Sendable, Equatable {
    /// The new identity; nil if deleted.
    package var identity: VoiceIdentity?
    package var answer: MachineResponse
    /// A VoiceIt user that the identity no longer has and that must be deleted now: `VoiceStore.apply` has stored it as
    /// a `PendingDeletion`.
    package var userToDelete: String?
    /// The identity's key in the table; nil until `VoiceStore.apply` puts it in.
    package var key: IdentityKey?
    /// Entries of the history that go into an item of their own.
    var archive: [AuditEntry] = []
}

/// The response to an event.
package enum MachineResponse: Sendable, Equatable {
    /// The branch for the flow.
    case branch(VoiceBranch)
    /// Create a VoiceIt user, then apply `userMade` or `userNotMade` with the same token.
    case makeUser
    /// Another invocation is creating the user: try again in a moment.
    case wait
    /// The user just created is not needed: delete it.
    case discardUser
    /// Ask the caller.
    case ask(VoicePrompt)
    /// Say the reason, and end the call.
    case end(VoiceEnding)
    /// Nothing to say.
    case none
}

/// A question to the caller.
package struct VoicePrompt: Sendable, Equatable {
    package enum Reason: String, Sendable, CaseIterable {
        /// The next question.
        case next
        /// The caller did not reply to the last question.
        case silence
        /// The last reply could not be used.
        case unclear
        /// The caller spoke too quietly.
        case tooQuiet
        /// The caller spoke too loudly.
        case tooLoud
        /// The caller made too many pauses.
        case pauses
        /// The caller said other words.
        case otherWords
        /// The voice was not accepted.
        case failed
    }

    /// `.consent`, `.enroll` or `.verify`, with the phrase.
    package var step: VoiceStep
    /// The number of the question: its reply must include it.
    package var turn: Int
    package var reason: Reason
    /// The number of an enrolment's recording, from 1; 0 for any other step.
    package var number = 0
    /// The number of recordings of an enrolment.
    package var count = 0
}
