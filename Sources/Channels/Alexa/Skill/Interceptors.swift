/// Runs before a handler.
package protocol RequestInterceptor: Sendable {
    func process(_ input: HandlerInput) async throws
}

/// Runs after a handler and may change its answer.
package protocol ResponseInterceptor: Sendable {
    func process(_ input: HandlerInput, _ response: inout Response) async throws
}
