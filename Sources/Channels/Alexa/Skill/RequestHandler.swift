/// Answers the requests that it can handle.
package protocol RequestHandler: Sendable {
    /// Returns true when it can handle the request; called for one handler after the other, without side effects.
    func canHandle(_ input: HandlerInput) -> Bool
    func handle(_ input: HandlerInput) async throws -> Response
}

/// A handler that responds in place of one that failed.
package protocol ErrorHandler: Sendable {
    func canHandle(_ error: any Error, _ input: HandlerInput) -> Bool
    func handle(_ error: any Error, _ input: HandlerInput) async throws -> Response
}
