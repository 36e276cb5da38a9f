import Alexa
import AlexaEndpoint
import AlexaVerification
import HTTPClient
import LambdaRuntime
import Settings

/// A skill with one intent.
struct QueueLength: RawLambdaFunction {
    private let endpoint: SkillEndpoint

    init(environment: Environment) throws {
        let id = try environment.read(.required("ALEXA_SKILL_ID", "the id of the skill, amzn1.ask.skill.…"))
        let skill = Skill(
            id: id,
            handlers: [
                TypeHandler("LaunchRequest") { _ in
                    Response("What would you like to know?").reprompt("Say: how long is the queue?")
                },
                IntentHandler("QueueLengthIntent") { _ in Response("Three callers are waiting.") },
                ClosingHandler(),
            ])
        endpoint = SkillEndpoint(skill, verifier: RequestVerifier(http: CurlClient()))
    }

    func handle(_ event: SkillEvent, context: LambdaContext) async throws -> RawResponse {
        .bytes(try await endpoint.answer(event, context: context))
    }
}
