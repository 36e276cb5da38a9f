import AWS
import AlexaVerification
import LambdaRuntime

/// What the environment says about the skill and its CRM.
struct CRMSettings: Sendable {
    /// `ALEXA_SKILL_ID`.
    var skillID: String
    /// `ASK_VERIFY_REQUESTS`.
    var verification: VerificationSetting
    /// `CRM_API_URL`: the wrapper API, perhaps with a base path.
    var crm: Endpoint
    /// `CRM_API_SECRET_ARN`.
    var secretID: String?
    /// `CRM_API_USERNAME` and `CRM_API_PASSWORD`, for local work.
    var account: CRMAccount?

    static var variable: Variable<CRMSettings> {
        Variable { environment, faults in
            guard
                let (skillID, verification, crm) = environment.read(
                    &faults, .required("ALEXA_SKILL_ID", "the id of the skill, amzn1.ask.skill.…"),
                    VerificationSetting.variable,
                    .required(
                        "CRM_API_URL", "the URL of the CRM's wrapper API",
                        expecting: "an http or https URL such as https://crm.example.com/prod, without query",
                        parse: Endpoint.init(parsing:)))
            else { return nil }
            let (username, password) = (environment["CRM_API_USERNAME"], environment["CRM_API_PASSWORD"])
            let secretID = environment["CRM_API_SECRET_ARN"]
            guard secretID != nil || (username == nil) == (password == nil) else {
                faults.append("CRM_API_USERNAME and CRM_API_PASSWORD go together: set both, or neither.")
                return nil
            }
            return CRMSettings(
                skillID: skillID, verification: verification, crm: crm, secretID: secretID,
                account: CRMAccount(username, password))
        }
    }
}
