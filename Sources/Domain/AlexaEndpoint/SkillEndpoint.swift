package import Alexa
package import AlexaVerification
import HTTPEvents
import JSON
package import LambdaRuntime
import Logging
import Settings
import Synchronization

/// A skill's endpoint: the Alexa trigger, whose event is the request itself, or any HTTP trigger, where every request
/// is verified. The event's shape distinguishes the two.
package final class SkillEndpoint: Sendable {
    /// The time limit of a response: Alexa gives up after eight seconds, and a response comes within seven.
    private static let patience = Duration.milliseconds(6500)
    /// The largest body over HTTP, in bytes; Alexa's own trigger has no such limit.
    private static let largestBody = 256 << 10

    private let skill: Skill
    private let verifier: RequestVerifier?
    /// The time that the start took, until the first response has made up for it.
    private let startTime: Mutex<Duration>

    /// - Parameters:
    ///   - verifier: Nil accepts every HTTP request as Alexa's.
    ///   - startTime: The time of calls at the start: the user who caused the start has waited that long, and gets the
    ///     first response so much earlier.
    package init(_ skill: Skill, verifier: RequestVerifier?, startTime: Duration = .zero) {
        self.startTime = Mutex(startTime)
        self.skill = skill
        self.verifier = verifier
    }

    /// Returns the response to an event, as the JSON that Lambda passes on.
    ///
    /// Throws what `Skill.respond` throws, a `SkillError` as the `FunctionError` of its type, for an event of the Alexa
    /// trigger; over HTTP another skill's request is answered 400.
    package func answer(_ event: SkillEvent, context: LambdaContext) async throws -> [UInt8] {
        var context = context
        let waited = startTime.withLock { time in
            defer { time = .zero }
            return time
        }
        let arrival = ContinuousClock.now - waited
        context.deadline = min(context.deadline, arrival + Self.patience)
        switch event {
        case .http(let request):
            return try await answer(request, context, arrival).encodedBytes(for: request)
        case .skill(let json):
            do {
                return try await skill.answer(
                    to: RequestEnvelope(json), context: SkillContext(context), arrival: arrival
                ).json
            } catch let error as SkillError {
                throw FunctionError(error)
            }
        }
    }

    /// The same for the event's bytes. Throws `Function.InvalidRequest` for what is neither kind of event.
    package func answer(_ event: [UInt8], context: LambdaContext) async throws -> [UInt8] {
        try await answer(EventText.read(SkillEvent.self, from: event), context: context)
    }

    /// Nothing is done for a stranger but finding the signature: the body's size and the headers' forms come first, and
    /// a chain that is at hand refuses a body before it is parsed.
    private func answer(
        _ request: HTTPEvent, _ context: LambdaContext, _ arrival: ContinuousClock.Instant
    ) async throws -> HTTPEventResponse {
        guard request.method == "POST" else {
            return .text("Method not allowed: use POST.", status: 405, headers: ["Allow": "POST"])
        }
        guard request.content.count <= Self.largestBody else {
            return .text("Content too large: at most \(Self.largestBody) bytes.", status: 413)
        }
        let json: JSONValue
        do throws(VerificationError) {
            let headers = verifier == nil ? nil : try SignatureHeaders(request.headers)
            guard let body = request.content.bytes else { return Self.notJSON }
            if let headers { try verifier?.refuseByKnownChain(headers, body: body) }
            guard let parsed = try? JSONValue(parsing: body) else { return Self.notJSON }
            if let headers {
                try await verifier?.verify(
                    headers, body: body, timestamp: parsed["request"]?["timestamp"]?.string,
                    requestType: parsed["request"]?["type"]?.string ?? "", deadline: context.callDeadline)
            }
            json = parsed
        } catch {
            context.logger.warning("A request was refused: \(error.description)")
            return .text("The request's Alexa signature could not be verified.", status: 400)
        }
        guard let envelope = try? RequestEnvelope(json) else {
            return .text("The request body is not an Alexa request.", status: 400)
        }
        do {
            return .json(
                try await skill.answer(to: envelope, context: SkillContext(context), arrival: arrival).json)
        } catch SkillError.otherSkill {
            context.logger.warning("\(SkillError.otherSkill.description)")
            return .text("The request is for another skill: its application id is not ALEXA_SKILL_ID.", status: 400)
        } catch let error as SkillError {
            throw FunctionError(error)
        }
    }

    private static let notJSON = HTTPEventResponse.text("The request body is not valid JSON.", status: 400)
}

extension SkillContext {
    fileprivate init(_ context: LambdaContext) {
        self.init(deadline: context.deadline, callDeadline: context.callDeadline, logger: context.logger)
    }
}
