/// Answers in the place of a handler that failed.
package protocol ErrorHandler: Sendable {
    func canHandle(_ error: any Error, _ input: HandlerInput) -> Bool
    func handle(_ error: any Error, _ input: HandlerInput) async throws -> Response
}
