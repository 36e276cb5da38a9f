import JSON
import Logging
import Settings

/// A skill: handlers, of which the first that can handle a request does, with error handlers.
///
/// An error that a handler throws goes to the first error handler that takes it. Attributes are saved even then.
package struct Skill: Sendable {
    private let id: String
    private let handlers: [any RequestHandler]
    private let errorHandlers: [any ErrorHandler]
    private let store: (any AttributeStore)?
    private let takesPlainAudio: Bool

    /// - Parameters:
    ///   - id: The skill's id, `amzn1.ask.skill.…`; requests for another one are refused.
    ///   - takesPlainAudio: Lets streams have http URLs, which Alexa refuses: for local audio alone.
    package init(
        id: String, handlers: [any RequestHandler], errorHandlers: [any ErrorHandler] = [],
        store: (any AttributeStore)? = nil, takesPlainAudio: Bool = false
    ) {
        self.id = id
        self.handlers = handlers
        self.errorHandlers = errorHandlers
        self.store = store
        self.takesPlainAudio = takesPlainAudio
    }

    /// Returns the response to a request; an empty one for an unknown type of request.
    ///
    /// Throws `SkillError.otherSkill`, `SkillError.refusedResponse` for a response that Alexa would refuse, and what no
    /// error handler takes.
    package func respond(to envelope: RequestEnvelope, context: SkillContext) async throws -> ResponseEnvelope {
        try await answer(to: envelope, context: context).envelope
    }

    /// Like `respond`, with the response as the JSON that is sent.
    ///
    /// - Parameter arrival: The request's arrival; the user has waited since, for instance for its verification.
    package func answer(
        to envelope: RequestEnvelope, context: SkillContext, arrival: ContinuousClock.Instant = .now
    ) async throws -> (envelope: ResponseEnvelope, json: [UInt8]) {
        guard envelope.applicationID == id else {
            throw SkillError.otherSkill
        }
        let attributes = Attributes(envelope, store: store, deadline: context.callDeadline)
        let input = HandlerInput(
            envelope: envelope, attributes: attributes, context: context, arrival: arrival)
        let answer: Result<(envelope: ResponseEnvelope, json: [UInt8]), any Error>
        do {
            answer = .success(try await self.answer(input))
        } catch {
            answer = .failure(error)
        }
        await save(attributes, context)
        return try answer.get()
    }

    /// Returns the response of a handler, or of the error handler for its error.
    private func answer(_ input: HandlerInput) async throws -> (envelope: ResponseEnvelope, json: [UInt8]) {
        do {
            return try sendable(await handled(input), input)
        } catch {
            input.context.logger.warning("A handler failed: \(error.summary)")
            guard let handler = errorHandlers.first(where: { $0.canHandle(error, input) }) else { throw error }
            return try sendable(await handler.handle(error, input), input)
        }
    }

    private func handled(_ input: HandlerInput) async throws -> Response {
        guard let handler = handlers.first(where: { $0.canHandle(input) }) else {
            switch input.envelope.request.kind {
            case .launch, .intent: throw SkillError.noHandler
            default: return Response()
            }
        }
        return try await handler.handle(input)
    }

    /// Returns the response to send: without its card, and without the attributes of a session that ends, when they
    /// make it too large. The speech matters more.
    private func sendable(
        _ response: Response, _ input: HandlerInput
    ) throws(SkillError) -> (envelope: ResponseEnvelope, json: [UInt8]) {
        let faults = ResponseRules.faults(in: response, to: input.request, takesPlainAudio: takesPlainAudio)
        guard faults.isEmpty else { throw .refusedResponse(faults.joined(separator: " ")) }
        let answer = ResponseEnvelope(response, sessionAttributes: response.isEmpty ? nil : input.attributes.session)
        let json = answer.json.bytes
        guard json.count > ResponseEnvelope.maximumBytes else { return (answer, json) }
        var smaller = answer
        if smaller.response.card != .linkAccount { smaller.response.card = nil }
        if smaller.response.shouldEndSession == true { smaller.sessionAttributes = nil }
        let shorter = smaller.json.bytes
        guard shorter.count <= ResponseEnvelope.maximumBytes else {
            throw .refusedResponse("The response is larger than 24 KB: shorten it, or keep less in the session.")
        }
        return (smaller, shorter)
    }

    /// Saves the attributes; a failure is logged, since it must not cost the user the response.
    private func save(_ attributes: Attributes, _ context: SkillContext) async {
        do {
            try await attributes.save()
        } catch {
            context.logger.error("The skill's attributes were not saved: \(error.summary)")
        }
    }
}
