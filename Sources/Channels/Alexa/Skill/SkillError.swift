import Settings

/// The error of a request that the skill has no response to.
package enum SkillError: TypedError, Equatable {
    /// The request is for another skill.
    case otherSkill
    /// No handler takes the intent.
    case noHandler
    /// Session attributes were set without a session: a mistake in the skill.
    case noSession
    /// Alexa would refuse the response, for the faults that the sentence names.
    case refusedResponse(String)

    package var errorType: String {
        switch self {
        case .otherSkill: "Function.SkillIdMismatch"
        case .noHandler: "Function.NoHandler"
        case .noSession: "Function.NoSession"
        case .refusedResponse: "Function.InvalidOutput"
        }
    }

    package var description: String {
        switch self {
        case .otherSkill: "The request is for another skill: check ALEXA_SKILL_ID, and who may call this."
        case .noHandler: "No handler takes the intent: add one to the skill."
        case .noSession: "The request has no session whose attributes could be set: check the handler."
        case .refusedResponse(let faults): faults
        }
    }
}
