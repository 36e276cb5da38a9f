import Settings

/// The check of the form of skill ids: a wrong one makes a function refuse every request of its skill.
struct SkillsCheck: LiveCheck {
    let subject = "skills"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        var findings: [Finding] = []
        var functions: [String: String] = [:]
        for function in ["AlexaCRM", "AlexaJokebox"] {
            guard let id = try settings.variables.environment(for: function)["ALEXA_SKILL_ID"] else { continue }
            let subject = "skill of \(function)"
            // "Skill ID" in the Alexa Skills Kit: amzn1.ask.skill. and a UUID.
            guard id.wholeMatch(of: #/amzn1\.ask\.skill\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/#) != nil else {
                findings.append(
                    .mend(
                        subject,
                        "ALEXA_SKILL_ID must be amzn1.ask.skill. and a UUID: copy it from the developer console's list")
                )
                continue
            }
            // A variable of the shell belongs to no particular function.
            if settings.variables.file != nil, let other = functions[id] {
                findings.append(.mend(subject, "ALEXA_SKILL_ID is \(other)'s too: each skill has an id of its own"))
            } else {
                findings.append(.ok(subject, "ALEXA_SKILL_ID has a skill id's form"))
            }
            functions[id] = function
        }
        guard !findings.isEmpty else { throw MissingSetting("set ALEXA_SKILL_ID") }
        return findings
    }
}
