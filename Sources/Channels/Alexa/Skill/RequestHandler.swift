import Logging
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

/// Answers the requests that it can handle.
package protocol RequestHandler: Sendable {
    /// Called for one handler after the other; does nothing but look.
    func canHandle(_ input: HandlerInput) -> Bool
    func handle(_ input: HandlerInput) async throws -> Response
    /// Run before `handle`, after the skill's own.
    var requestInterceptors: [any RequestInterceptor] { get }
    /// Run after `handle`, before the skill's own.
    var responseInterceptors: [any ResponseInterceptor] { get }
}

extension RequestHandler {
    package var requestInterceptors: [any RequestInterceptor] { [] }
    package var responseInterceptors: [any ResponseInterceptor] { [] }
}

/// Runs before a handler.
package protocol RequestInterceptor: Sendable {
    func process(_ input: HandlerInput) async throws
}

/// Runs after a handler and may change its answer.
package protocol ResponseInterceptor: Sendable {
    func process(_ input: HandlerInput, _ response: inout Response) async throws
}

/// Answers in the place of a handler that failed.
package protocol ErrorHandler: Sendable {
    func canHandle(_ error: any Error, _ input: HandlerInput) -> Bool
    func handle(_ error: any Error, _ input: HandlerInput) async throws -> Response
}

/// Answers the named intents.
package struct IntentHandler: RequestHandler {
    private let names: Set<String>
    private let respond: @Sendable (HandlerInput) async throws -> Response

    package init(_ names: String..., respond: @escaping @Sendable (HandlerInput) async throws -> Response) {
        self.names = Set(names)
        self.respond = respond
    }

    package func canHandle(_ input: HandlerInput) -> Bool {
        input.request.intentName.map(names.contains) ?? false
    }

    package func handle(_ input: HandlerInput) async throws -> Response {
        try await respond(input)
    }
}

/// Answers requests of the named types.
package struct TypeHandler: RequestHandler {
    private let types: Set<String>
    private let respond: @Sendable (HandlerInput) async throws -> Response

    package init(_ types: String..., respond: @escaping @Sendable (HandlerInput) async throws -> Response) {
        self.types = Set(types)
        self.respond = respond
    }

    package func canHandle(_ input: HandlerInput) -> Bool { types.contains(input.request.type) }

    package func handle(_ input: HandlerInput) async throws -> Response {
        try await respond(input)
    }
}

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
            logger.error(
                "The session ended: \(reason ?? "") \(error.type ?? "no type"): \(error.loggedMessage)")
        case .exceptionEncountered(let error, let cause):
            logger.error(
                "Alexa refused the answer to \(cause ?? "a request"): \(error.type ?? "no type"): \(error.loggedMessage)"
            )
        default: break
        }
        return Response()
    }
}
