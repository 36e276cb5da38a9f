import Foundation
import JSON
import Testing

@testable import Alexa

/// Reasons for which certification has refused skills.
extension SkillPackageTests {
    @Test(arguments: skills)
    func `samples belong to custom intents, and leave the built-in ones to Amazon`(_ skill: String) throws {
        for (locale, model) in try Self.models(skill) {
            for intent in Self.intents(model) {
                #expect(intent.samples.isEmpty == intent.name.hasPrefix("AMAZON."), "\(locale) \(intent.name)")
            }
        }
    }

    @Test func `some hundred ordinary surnames a language teach Alexa to hear one`() throws {
        var lists: [String: Set<String>] = [:]
        for (locale, model) in try Self.models("crm") {
            let types = model["interactionModel"]?["languageModel"]?["types"]?.array ?? []
            let values = types.first { $0["name"] == "LastName" }?["values"]?.array ?? []
            let names = values.compactMap { $0["name"]?["value"]?.string }
            #expect((300...1000).contains(names.count), "\(locale) has \(names.count)")
            #expect(Set(names.map { $0.lowercased() }).count == names.count, "\(locale) has one twice")
            for name in names {
                #expect(name.first?.isUppercase == true && name.allSatisfy { $0.isLetter || $0 == "'" }, "\(name)")
            }
            lists[locale] = Set(names)
        }
        #expect(lists["en-US"] == lists["en-GB"] && lists["en-US"]?.contains("Smith") == true)
        #expect(lists["de-DE"]?.contains("Müller") == true && lists["es-ES"]?.contains("García") == true)
    }

    @Test func `both skills hold personal data, and say so`() throws {
        for skill in Self.skills {
            let privacy = try Self.json("\(skill)/skill-package/skill.json")["manifest"]?["privacyAndCompliance"]
            #expect(privacy?["usesPersonalInfo"] == true, "\(skill)")
        }
    }

    @Test func `accounts are linked on the org's own host, with what a refresh needs, and the skill works without`()
        throws
    {
        let linking = try #require(Self.json("crm/account-linking.json")["accountLinkingRequest"])
        #expect(linking["type"] == "AUTH_CODE" && linking["scopes"] == ["api", "refresh_token"])
        #expect(linking["skipOnEnablement"] == true && linking["redirectUrls"] == nil)
        let urls = ["authorizationUrl", "accessTokenUrl"].compactMap { linking[$0]?.string.flatMap(URL.init) }
        #expect(urls.map(\.path) == ["/services/oauth2/authorize", "/services/oauth2/token"])
        #expect(Set(urls.compactMap(\.host)).count == 1)
        for url in urls {
            #expect(url.scheme == "https" && url.host?.hasSuffix(".my.salesforce.com") == true, "no sandbox elsewhere")
        }
    }

    @Test func `the deployment leads to the recipe: PKCE at both ends, the command before the console`() throws {
        func text(_ path: String) throws -> String {
            try String(contentsOf: Oracle.root.appending(path: path), encoding: .utf8)
        }
        #expect(try text("docs/deploy.md").contains("(alexa.md#account-linking-step-by-step)"))
        let recipe = try text("docs/alexa.md")
        for host in ["pitangui.amazon.com", "layla.amazon.com", "alexa.amazon.co.jp"] {
            #expect(recipe.contains("https://\(host)/api/skill/link/<vendor id>"))
        }
        #expect(recipe.contains("(salesforce.md#account-linking)"))
        #expect(try text("docs/salesforce.md").contains("Key for Code Exchange (PKCE)\" on"))
        let command = try #require(recipe.range(of: "ask smapi update-account-linking-info"))
        let console = try #require(recipe.range(of: "switch PKCE on"))
        #expect(command.upperBound < console.lowerBound)
    }
}
