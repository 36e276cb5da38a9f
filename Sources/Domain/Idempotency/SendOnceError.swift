package import AWS
package import Settings

/// The error of a send, which says whether the message may have gone out all the same.
package protocol SendError: TypedError {
    /// True when the request was written and no whole, readable response came.
    var mayHaveBeenSent: Bool { get }
}

/// The error of `SendOnce`: the send's own, or that of the claim on its key.
package enum SendOnceError<Failure: SendError>: SendError {
    case send(Failure)
    case claim(ClaimError)

    private var error: any SendError {
        switch self {
        case .send(let error): error
        case .claim(let error): error
        }
    }

    package var errorType: String { error.errorType }
    package var description: String { error.description }
    package var mayHaveBeenSent: Bool { error.mayHaveBeenSent }
}

/// The error of a claim that was not acquired: nothing was sent now, but perhaps by an earlier attempt.
package enum ClaimError: SendError {
    /// The table did not take the claim: nothing was sent.
    case refused(AWSError)
    /// The table did not say how far an earlier attempt is.
    case unreadable(AWSError)
    /// An earlier attempt's outcome is unknown, or its process died.
    case unknownOutcome
    /// Another invocation is still sending at the deadline.
    case stillSending
    /// The caller gave the key before, for something else: nothing is sent.
    case keyReused

    package var errorType: String {
        if case .keyReused = self { "Function.IdempotencyKeyReused" } else { "Function.ServiceUnavailable" }
    }

    package var description: String {
        switch self {
        case .refused(let error), .unreadable(let error):
            "\(error.description) Nothing was sent, because IDEMPOTENCY_TABLE failed."
        case .unknownOutcome:
            "Whether an earlier attempt under this key was sent is unknown: nothing is sent under it for "
                + "\(SendOnce.claimSeconds) seconds."
        case .stillSending: "Another invocation is still sending this message: retry later."
        case .keyReused:
            "Nothing was done: the idempotency key was given within 24 hours for something else. Give each message, case or "
                + "task a key of its own."
        }
    }

    package var mayHaveBeenSent: Bool {
        switch self {
        case .refused, .keyReused: false
        case .unreadable, .unknownOutcome, .stillSending: true
        }
    }
}
