import Foundation
import Settings
import TestSupport
import Testing

@testable import Salesforce

struct SignInRemedyTests {
    private static func refusal(_ code: String, _ description: String, status: Int = 400) -> ScriptedSalesforce.Reply {
        .answer(.init(status: status, #"{"error":"\#(code)","error_description":"\#(description)"}"#))
    }

    @Test(arguments: [
        ("invalid_grant", "authentication failure", "active run-as user"),
        ("invalid_client", "invalid client credentials", "SALESFORCE_CLIENT_SECRET"),
        ("invalid_client_id", "client identifier invalid", "SALESFORCE_CLIENT_ID"),
        ("invalid_grant", "audience is invalid", "SALESFORCE_AUDIENCE"),
        ("invalid_grant", "user hasn't approved this consumer", "pre-authorise"),
        ("invalid_grant", "request not supported on this domain", "SALESFORCE_LOGIN_URL"),
        (
            "invalid_app_access", "user is not admin approved to access this app",
            "the run-as user to the app's policies"
        ),
        ("invalid_grant", "no client credentials user enabled", "run-as user"),
        ("invalid_grant", "This session is not valid for use with the REST API", "scope api"),
        ("invalid_client", "External client app is not installed in this org", "SALESFORCE_CLIENT_ID"),
        ("invalid_grant", "Audience is invalid.", "SALESFORCE_AUDIENCE"),
        ("unsupported_grant_type", "grant type not supported", "CRM_CALLERS"),
    ])
    func `the service's own refused sign-in names its remedy`(
        _ code: String, _ description: String, _ remedy: String
    ) async throws {
        for status in [400, 401] {
            let fixture = try SalesforceFixture()
            fixture.org.replyToSignIn(Self.refusal(code, description, status: status))
            let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
            #expect(error?.kind == .clientRefused)
            #expect(error?.description.contains(remedy) == true, "\(error?.description ?? "")")
            #expect(error?.description.contains("status \(status), \(code). ") == true)
        }
    }

    @Test func `an unknown refusal points to the variables, and quotes nothing`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.replyToSignIn(Self.refusal("invalid_grant", "expired access/refresh token of Maria"))
        let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(error?.remedy == nil)
        #expect(error?.description.contains("SALESFORCE_ variables") == true)
        #expect(error?.description.contains("Maria") == false)
    }

    @Test func `a caller's own refusal has none, the service's wrong secret behind a caller has one`() async throws {
        let fixture = try SalesforceFixture(use: .callers)
        fixture.org.replyToSignIn(Self.refusal("invalid_grant", "authentication failure"))
        let own = await failure { () async throws(SalesforceError) in
            try await fixture.ids(fixture.call(SalesforceFixture.user))
        }
        #expect(own?.kind == .credentialsRefused && own?.remedy == nil)
        // The same password is asked about again after 30 seconds.
        fixture.freeze(seconds: 30)
        fixture.org.replyToSignIn(Self.refusal("invalid_client", "invalid client credentials"))
        let ours = await failure { () async throws(SalesforceError) in
            try await fixture.ids(fixture.call(SalesforceFixture.user))
        }
        #expect(ours?.kind == .clientRefused && ours?.remedy?.contains("SALESFORCE_CLIENT_SECRET") == true)
    }

    @Test func `a session that the REST API refuses names the scope`() async throws {
        let fixture = try SalesforceFixture()
        let refusal = ScriptedSalesforce.fault(
            401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API")
        fixture.org.reply(.answer(refusal), .answer(refusal))
        let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        var rest = try #require(error?.remedy)[...]
        for cause in ["scope api", "API Enabled", "IP restrictions", "High Assurance", "API Access Control"] {
            let found = try #require(rest.firstRange(of: cause), "\(cause) is missing, or stands too early")
            rest = rest[found.upperBound...]
        }
    }

    @Test func `the remedy follows the grant and the user who is refused`() throws {
        let caller = SalesforceCall.Identity.onBehalf(of: Redacted("p@x"), setting: "CRM_CALLERS.portal's username")
        for (remedy, right, wrong) in [
            (
                SignInRemedy(.clientCredentials, .service), ["run-as user", "client credentials flow"],
                "SALESFORCE_USERNAME"
            ),
            (SignInRemedy(.jwt, .service), ["SALESFORCE_USERNAME is an active user"], "SALESFORCE_PASSWORD"),
            (SignInRemedy(.jwt, caller), ["CRM_CALLERS.portal's username is"], "SALESFORCE_USERNAME"),
            (SignInRemedy(.password, .service), ["SALESFORCE_PASSWORD", "security token"], "run-as"),
        ] {
            let sentence = try #require(remedy.sentence(for: "authentication failure"))
            for part in right { #expect(sentence.contains(part)) }
            #expect(!sentence.contains(wrong))
        }
        for description in ["user hasn't approved this consumer", "user is not admin approved to access this app"] {
            let sentence = try #require(SignInRemedy(.jwt, caller).sentence(for: description))
            #expect(sentence.contains("CRM_CALLERS.portal's username") && !sentence.contains("SALESFORCE_USERNAME"))
            #expect(!sentence.contains("p@x"))
        }
    }

    @Test(arguments: [
        ("https://login.salesforce.com", "login"), ("https://test.salesforce.com", "test"),
        ("https://test.salesforce.com:8443", "test"), ("https://TEST.salesforce.com", "test"),
        ("https://acme.my.salesforce.com", "login"), ("https://acme--dev.sandbox.my.salesforce.com", "test"),
        ("https://acme--dev.sandbox.my.salesforce.com.", "test"),
        ("https://brave-fox-1-dev-ed.scratch.my.salesforce.com/", "test"),
        ("https://sandbox.my.salesforce.com", "login"), ("https://acme.sandbox.my.salesforce.com.example.com", "login"),
        ("http://127.0.0.1:8080", "login"),
    ])
    func `the audience is by the login host`(_ url: String, _ audience: String) throws {
        let variables = [
            "SALESFORCE_LOGIN_URL": url, "SALESFORCE_CLIENT_ID": "x", "SALESFORCE_GRANT": "jwt",
        ]
        let variable = SalesforceConfiguration.variable(for: .callers)
        #expect(try Environment(variables).read(variable).audience == "https://\(audience).salesforce.com")
        let given = variables.merging(["SALESFORCE_AUDIENCE": "https://other.example.com"]) { $1 }
        #expect(try Environment(given).read(variable).audience == "https://other.example.com")
    }

    @Test func `without the login URL what else is missing is named too`() {
        for (grant, names) in [
            ("", ["SALESFORCE_CLIENT_ID", "SALESFORCE_CLIENT_SECRET"]),
            ("jwt", ["SALESFORCE_CLIENT_ID", "SALESFORCE_USERNAME", "SALESFORCE_PRIVATE_KEY"]),
            ("password", ["SALESFORCE_CLIENT_SECRET", "SALESFORCE_USERNAME", "SALESFORCE_PASSWORD"]),
        ] {
            let error = #expect(throws: EnvironmentError.self) {
                try Environment(["SALESFORCE_GRANT": grant]).read(SalesforceConfiguration.variable)
            }
            for name in names + ["SALESFORCE_LOGIN_URL"] { #expect(error?.description.contains(name) == true) }
        }
    }

    @Test func `nobody is signed in for by a grant that takes no names`() async throws {
        let fixture = try SalesforceFixture(use: .callers)
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.ids(fixture.call(.onBehalf(of: Redacted("a@x"), setting: "a setting")))
        }
        #expect(error?.kind == .clientRefused)
        #expect(fixture.org.server.requests.isEmpty)
    }
}
