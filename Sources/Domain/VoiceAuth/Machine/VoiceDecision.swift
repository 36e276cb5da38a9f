/// What an event brings.
package struct VoiceDecision: Sendable, Equatable {
    /// What becomes of the identity; nil when nothing of it is left.
    package var identity: VoiceIdentity?
    package var answer: VoiceAnswer
    /// A VoiceIt user that the identity no longer has and that must be deleted now: `VoiceStore.apply` has written it down
    /// as a `PendingDeletion`.
    package var userToDelete: String?
    /// The identity's key in the table; nil until `VoiceStore.apply` puts it in.
    package var key: IdentityKey?
    /// Entries of the history that go into an item of their own.
    var archive: [AuditEntry] = []
}

/// What to answer.
package enum VoiceAnswer: Sendable, Equatable {
    /// To the flow.
    case branch(VoiceBranch)
    /// Make a VoiceIt user, then apply `userMade` or `userNotMade` with the same token.
    case makeUser
    /// Another invocation is making the user: ask again in a moment.
    case wait
    /// The user just made is not needed: delete it.
    case discardUser
    /// Ask the caller.
    case ask(VoicePrompt)
    /// Say so, and end the call.
    case end(VoiceEnding)
    /// Nothing to say.
    case none
}

/// A question to the caller.
package struct VoicePrompt: Sendable, Equatable {
    package enum Reason: String, Sendable, CaseIterable {
        /// It is the next question.
        case next
        /// The last one met silence.
        case silence
        /// The last answer could not be used.
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
    /// Names the question: its answer must bring it along.
    package var turn: Int
    package var reason: Reason
    /// Which recording of an enrolment it is, from 1; 0 for any other step.
    package var number = 0
    /// How many recordings an enrolment takes in all.
    package var count = 0
}
