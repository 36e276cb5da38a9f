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
