import Encoding

/// The remedy for a refused sign-in, by the `error_description` of the refusal.
///
/// "OAuth 2.0 Authorization Errors" and "External Client Apps" in Salesforce Help; the descriptions are those that
/// administrators report.
struct SignInRemedy {
    /// The grant of the refused sign-in.
    let grant: SalesforceConfiguration.Grant
    /// The setting that holds the refused user's name, never the name.
    let user: String

    init(_ grant: SalesforceConfiguration.Grant, _ identity: SalesforceCall.Identity) {
        switch identity {
        case .user: (self.grant, user) = (.password, "the caller's user")
        case .onBehalf(_, let setting): (self.grant, user) = (grant, setting)
        case .service, .bearer:
            (self.grant, user) = (grant, grant == .clientCredentials ? "the run-as user" : "SALESFORCE_USERNAME")
        }
    }

    /// Returns the sentence for a description, in any case and with anything around it; nil for an unknown one.
    func sentence(for description: String) -> String? {
        let description = description.lowercased()
        return sentences.first { description.containsBytes(of: $0.description) }?.remedy
    }

    private var authenticationFailure: String {
        switch grant {
        case .clientCredentials:
            "In the app's policies enable the client credentials flow, and choose an active run-as user whose profile "
                + "allows Lambda's addresses and this hour; Login History in Setup has the reason."
        case .jwt:
            "Check that \(user) is an active user of the org of SALESFORCE_LOGIN_URL, whose profile allows Lambda's "
                + "addresses and this hour; Login History in Setup has the reason."
        case .password:
            "Check SALESFORCE_USERNAME and SALESFORCE_PASSWORD: the user's security token stands behind the password, "
                + "it is a new one after each change of password, and the org must allow the password grant."
        }
    }

    /// The sentences, of which the first match counts.
    private var sentences: [(description: String, remedy: String)] {
        [
            ("authentication failure", authenticationFailure),
            (
                "invalid client credentials",
                "Put the app's present consumer secret into SALESFORCE_CLIENT_SECRET; it goes with "
                    + "SALESFORCE_CLIENT_ID."
            ),
            (
                "client identifier invalid",
                "Put the app's consumer key into SALESFORCE_CLIENT_ID, and its own org's My Domain into "
                    + "SALESFORCE_LOGIN_URL; a new app takes some minutes to be known."
            ),
            (
                "audience is invalid",
                "Set SALESFORCE_AUDIENCE: https://test.salesforce.com for sandboxes and scratch orgs, else "
                    + "https://login.salesforce.com."
            ),
            (
                "user hasn't approved this consumer",
                "In the app's OAuth policies let administrators pre-authorise users, and add a permission set of "
                    + "\(user) to it; the app needs the scopes api and refresh_token."
            ),
            (
                "user is not admin approved",
                "Add a permission set or the profile of \(user) to the app's policies."
            ),
            (
                "no client credentials user enabled",
                "In the app's policies enable the client credentials flow and choose the run-as user."
            ),
            (
                "request not supported on this domain",
                "Set SALESFORCE_LOGIN_URL to the org's My Domain URL, such as https://example.my.salesforce.com."
            ),
            (
                "not valid for use with the rest api",
                "Add the scope api to the app of SALESFORCE_CLIENT_ID, and give its user, \(user), the permission "
                    + "API Enabled; else relax the app's IP restrictions, let Session Settings ask for no High "
                    + "Assurance session, and let API Access Control, where the org has it, admit the app."
            ),
            (
                "external client app is not installed in this org",
                "Take SALESFORCE_CLIENT_ID from an app of the org of SALESFORCE_LOGIN_URL, or install the app there."
            ),
            (
                "grant type not supported",
                "Enable the flow of this grant in the app of SALESFORCE_CLIENT_ID; the username-password flow, which "
                    + "callers' names and passwords need too, ends in February 2027: give them tokens of CRM_CALLERS."
            ),
            (
                "invalid assertion",
                "Upload the certificate of SALESFORCE_PRIVATE_KEY to the app of SALESFORCE_CLIENT_ID, and enable its "
                    + "JWT bearer flow."
            ),
        ]
    }
}
