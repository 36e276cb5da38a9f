import Logging

/// Answers SessionEndedRequest and System.ExceptionEncountered with nothing, and logs their error: the only clue that a
/// developer gets.
package struct ClosingHandler: RequestHandler {
    package init() {}

    package func canHandle(_ input: HandlerInput) -> Bool {
        switch input.request.kind {
        case .sessionEnded, .exceptionEncountered: true
        default: false
        }
    }

    package func handle(_ input: HandlerInput) -> Response {
        let logger = input.context.logger
        switch input.request.kind {
        case .sessionEnded(let reason, let error?):
            logger.error("The session ended: \(reason.map(AlexaError.logged) ?? "") \(error.logged)")
        case .exceptionEncountered(let error, let cause):
            let request = cause.map(AlexaError.logged) ?? "a request"
            logger.error("Alexa refused the answer to \(request): \(error.logged)")
        default: break
        }
        return Response()
    }
}
