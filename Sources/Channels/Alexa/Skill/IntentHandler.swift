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
