/// Answers the requests that it can handle.
package protocol RequestHandler: Sendable {
    /// Returns true when it can handle the request; called for one handler after the other, without side effects.
    func canHandle(_ input: HandlerInput) -> Bool
    func handle(_ input: HandlerInput) async throws -> Response
    /// The interceptors that run before `handle`, after the skill's own.
    var requestInterceptors: [any RequestInterceptor] { get }
    /// The interceptors that run after `handle`, before the skill's own.
    var responseInterceptors: [any ResponseInterceptor] { get }
}

extension RequestHandler {
    package var requestInterceptors: [any RequestInterceptor] { [] }
    package var responseInterceptors: [any ResponseInterceptor] { [] }
}

/// An interceptor that runs before a handler.
package protocol RequestInterceptor: Sendable {
    func process(_ input: HandlerInput) async throws
}

/// An interceptor that runs after a handler and may change its response.
package protocol ResponseInterceptor: Sendable {
    func process(_ input: HandlerInput, _ response: inout Response) async throws
}

/// A handler that responds in place of one that failed.
package protocol ErrorHandler: Sendable {
    func canHandle(_ error: any Error, _ input: HandlerInput) -> Bool
    func handle(_ error: any Error, _ input: HandlerInput) async throws -> Response
}
