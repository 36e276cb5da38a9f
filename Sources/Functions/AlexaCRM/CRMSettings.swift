import AWS
import Alexa
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
            return CRMSettings(
                skillID: skillID, verification: verification, crm: crm, secretID: environment["CRM_API_SECRET_ARN"],
                account: CRMAccount(environment["CRM_API_USERNAME"], environment["CRM_API_PASSWORD"]))
        }
    }

    /// The single user's account, read from its secret when there is one; nil leaves account linking alone.
    func account(_ secrets: SecretsManagerClient) async throws -> CRMAccount? {
        guard let secretID else { return account }
        let text = try await secrets.secretString(id: secretID, deadline: .now + .seconds(5))
        let secret = try? JSONValue(parsing: Array(text.utf8))
        guard
            let account = CRMAccount(secret?["CRM_API_USERNAME"]?.string, secret?["CRM_API_PASSWORD"]?.string)
        else {
            throw EnvironmentError(faults: [
                "The secret of CRM_API_SECRET_ARN must be a JSON object with CRM_API_USERNAME and CRM_API_PASSWORD."
            ])
        }
        return account
    }
}

/// One user of the CRM, whom everybody who talks to the skill acts as.
struct CRMAccount: Sendable, Equatable {
    let username: String
    let password: Redacted<String>

    /// Nil unless both are there.
    init?(_ username: String?, _ password: String?) {
        guard let username, let password, !username.isEmpty, !password.isEmpty else { return nil }
        self.username = username
        self.password = Redacted(password)
    }
}
