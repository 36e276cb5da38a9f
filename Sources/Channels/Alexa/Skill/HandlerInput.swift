package import LambdaRuntime

/// What a handler is given.
package struct HandlerInput: Sendable {
    package let envelope: RequestEnvelope
    package let attributes: Attributes
    package let context: LambdaContext
    /// When the user began to wait for the answer, as far as is known.
    package let arrival: ContinuousClock.Instant

    package var request: Request { envelope.request }
    package var intent: Intent? { envelope.request.intent }
}
