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
