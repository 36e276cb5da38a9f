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
