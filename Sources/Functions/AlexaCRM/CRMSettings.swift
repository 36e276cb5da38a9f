import AlexaVerification
import Calling
import Settings

/// The settings of the skill and its CRM.
struct CRMSettings: Sendable {
    /// `ALEXA_SKILL_ID`.
    var skillID: String
    /// `ASK_VERIFY_REQUESTS`.
    var verification: VerificationSetting
    /// `CRM_API_URL`: the wrapper API, optionally with a base path.
    var crm: Endpoint
    /// The variable that names the secret.
    static let secretName = "CRM_API_SECRET_ARN"

    /// `CRM_API_SECRET_ARN`.
    var secretID: String?
    /// `CRM_API_TOKEN`, or `CRM_API_USERNAME` and `CRM_API_PASSWORD`, for local work.
    var account: CRMAccount?
    /// `CRM_LEAD_SCOPE`.
    var leadScope = LeadScope.mine

    static var variable: Variable<CRMSettings> {
        Variable { environment, faults in
            let values = environment.read(
                &faults, .required("ALEXA_SKILL_ID", "the id of the skill, amzn1.ask.skill.…"),
                VerificationSetting.variable,
                .required(
                    "CRM_API_URL", "the URL of the CRM's wrapper API", expecting: Endpoint.outsideExpectation,
                    parse: Endpoint.init(outside:)),
                .optional("CRM_LEAD_SCOPE", default: LeadScope.mine))
            let secretID = environment[secretName]
            let before = faults.count
            let account = secretID == nil ? account(environment, &faults) : nil
            guard let (skillID, verification, crm, leadScope) = values, faults.count == before else { return nil }
            return CRMSettings(
                skillID: skillID, verification: verification, crm: crm, secretID: secretID, account: account,
                leadScope: leadScope)
        }
    }

    /// Returns the account from plain variables; nil without them.
    private static func account(_ environment: Environment, _ faults: inout [String]) -> CRMAccount? {
        let (username, password) = (environment["CRM_API_USERNAME"], environment["CRM_API_PASSWORD"])
        let token = environment["CRM_API_TOKEN"]
        let account = CRMAccount(token: token, username: username, password: password)
        if token != nil, account == nil {
            faults.append("CRM_API_TOKEN must be of characters from ! to ~.")
        }
        // A token goes first, and nobody asks for the rest.
        if account == nil, (username == nil) != (password == nil) {
            faults.append("CRM_API_USERNAME and CRM_API_PASSWORD go together: set both, or neither.")
        }
        return account
    }
}
