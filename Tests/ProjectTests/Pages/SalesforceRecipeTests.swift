import Foundation
import TestSupport
import Testing

/// The recipes for signing in: none uses a feature that Salesforce has removed.
struct SalesforceRecipeTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: TestProcess.root.appending(path: path), encoding: .utf8)
    }

    /// Returns the text under a heading of docs/salesforce.md, its line breaks as blanks.
    private static func section(_ heading: String) throws -> String {
        let sections = try text("docs/salesforce.md").components(separatedBy: "\n## ")
        let section = try #require(sections.first { $0.hasPrefix("\(heading)\n") }, "there is no \(heading)")
        return section.replacing(/\s+/, with: " ")
    }

    @Test(arguments: [
        (
            "The integration user",
            [
                "Salesforce Integration", "Minimum Access - API Only Integrations", "Salesforce API Integration",
                "Service`",
            ]
        ),
        (
            "The service",
            [
                "New External Client App", "(api)", "refresh_token", "Enable Client Credentials Flow", "rsa:2048",
                "Run As",
                "pre-authorized", "SALESFORCE_PRIVATE_KEY", "SalesforceSecretToFill", "SalesforceLoginUrl",
            ]
        ),
        (
            "Service callers",
            [
                "32", "CRM_CALLERS", "CrmCallersSecretArn", "Bearer", "CRM_API_TOKEN", "CrmApiSecretArn",
                "CrmLeadScope=everything",
            ]
        ),
        (
            "Account linking",
            [
                "(alexa.md#account-linking-step-by-step)", "External Client App", "refresh_token",
                "three redirect URLs",
                "(PKCE)\" on", "console", "Policies", "valid until revoked", "IP restrictions relaxed", "API Enabled",
                "Consumer Key and Secret",
            ]
        ),
        (
            "The password grant",
            [
                "Spring '26", "External Client Apps never", "Summer '23", "February 2027", "security token",
                "authentication failure",
            ]
        ),
    ])
    func `a recipe has its steps, in their order`(_ heading: String, _ steps: [String]) throws {
        let section = try Self.section(heading)
        var rest = section[...]
        for step in steps {
            let found = try #require(rest.firstRange(of: step), "\(heading): \(step) is missing, or stands too early")
            rest = rest[found.upperBound...]
        }
    }

    @Test func `account linking has a side in each page, and nothing of it stands in both`() throws {
        let skill = try #require(
            Self.text("docs/alexa.md").components(separatedBy: "\n## ").first { $0.hasPrefix("Account linking") }
        ).replacing(/\s+/, with: " ")
        let org = try Self.section("Account linking")
        for step in [
            "(salesforce.md#account-linking)", "/services/oauth2/authorize", "out of version control", "jq --arg host",
            "session timeout (Setup", "update-account-linking-info", "`SalesforceInstanceUrl` is set",
            "Leave `CrmApiSecretArn` empty",
        ] {
            #expect(skill.contains(step), "docs/alexa.md lacks \(step)")
            #expect(!org.contains(step), "docs/salesforce.md says \(step) too")
        }
        for step in ["IP restrictions relaxed", "self-authorize", "Refresh Token Policy", "Proof Key", "API Enabled"] {
            #expect(org.contains(step), "docs/salesforce.md lacks \(step)")
            #expect(!skill.contains(step), "docs/alexa.md says \(step) too")
        }
    }

    @Test func `without the CLI there is a way to a token, and both zips are those of this folder`() throws {
        let page = try Self.text("integrations/salesforce/README.md")
        for part in [
            "response_type=code", "code_challenge=$CHALLENGE", "grant_type=authorization_code", "./package.py zips",
            "@zips/package.zip", "leads.zip", "--manifest manifest/leads.xml --target-org calls",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(!page.contains("@dist/"))
        #expect(try Self.text("docs/configuration.md").contains("`SesIdentityArns`, the stack's parameter"))
    }

    @Test func `the deployment and the metadata lead to the recipes, nobody is told to make a connected app`() throws {
        for (page, path) in [
            ("docs/deploy.md", "salesforce.md"), ("integrations/salesforce/README.md", "../../docs/salesforce.md"),
        ] {
            let text = try Self.text(page)
            for anchor in ["the-service", "service-callers", "account-linking", "the-password-grant"] {
                #expect(text.contains("(\(path)#\(anchor))"), "\(page) does not link to #\(anchor)")
            }
        }
        for page in [
            "README.md", "integrations/salesforce/README.md", "docs/salesforce.md", "docs/configuration.md",
            "docs/deploy.md",
        ] {
            let text = try Self.text(page).lowercased()
            for wrong in ["make a connected app", "new connected app,", "create a connected app"] {
                #expect(!text.contains(wrong), "\(page): \(wrong)")
            }
        }
    }
}
