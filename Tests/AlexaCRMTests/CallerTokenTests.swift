import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import AlexaCRM

/// A service caller's token: the leads it sees, and the owners of those it creates.
@Suite struct CallerTokenTests {
    private static let token = "local-caller-token-of-32-characters"

    @Test func `the token goes before name and password, and a linked account before both`() async throws {
        let fixture = try await CRMFixture(["CRM_API_TOKEN": Self.token])
        _ = try await fixture.say("TopLeadIntent")
        _ = try await fixture.say("TopLeadIntent", token: "local-token-agent")
        #expect(
            fixture.wrapper.requests.map { $0["Authorization"] } == [
                "Bearer \(Self.token)", "Bearer local-token-agent",
            ])
    }

    @Test func `a refused token is a sentence without a card`() async throws {
        let fixture = try await CRMFixture(["CRM_API_TOKEN": Self.token], account: false)
        for intent in ["TopLeadIntent", "CreateLeadIntent"] {
            let answer = try await fixture.say(intent, CRMFixture.ada, confirmation: "CONFIRMED")
            #expect(answer.ssml == CRMSentence.accountRefused.ssml() && answer.response["card"] == nil)
            #expect(answer.response["shouldEndSession"] == true)
        }
        #expect(fixture.wrapper.requests.count == 2 && !fixture.log.contains(Self.token))
    }

    @Test func `a secret's token is read, and read again when it is refused`() async throws {
        let secret = Counter()
        let manager = try ScriptedServer.answering { _ in
            let token = secret.increment() == 1 ? "old" : "local-token-agent"
            let text =
                #"{"CRM_API_TOKEN":"\#(token)","CRM_API_USERNAME":"agent@example.com","CRM_API_PASSWORD":"p:ss"}"#
            return .init(JSONValue.object(["SecretString": .string(text)]).text)
        }
        let fixture = try await CRMFixture([
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://\(manager.authority)", "CRM_API_SECRET_ARN": "crm",
        ])
        #expect(try await fixture.say("TopLeadIntent").ssml?.contains("Testing C") == true)
        #expect(
            fixture.wrapper.requests.map { $0["Authorization"] } == ["Bearer old", "Bearer local-token-agent"])
    }

    @Test(arguments: ["crm token", "tökén", "token\r\nX: y"])
    func `a token that no header can hold is a fault, named without it`(_ token: String) async throws {
        do {
            _ = try await CRMFixture(["CRM_API_TOKEN": token])
            Issue.record("it started")
        } catch let error as EnvironmentError {
            #expect(error.description.contains("CRM_API_TOKEN") && !error.description.contains(token))
        }
    }

    @Test func `a lead made by voice stays its speaker's`() async throws {
        let fixture = try await CRMFixture()
        _ = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
        _ = try await fixture.say("TopLeadIntent")
        #expect(fixture.wrapper.requests.map { $0["Sforce-Auto-Assign"] } == ["FALSE", nil])
    }

    @Test func `one integration user reads everybody's leads`() async throws {
        let fixture = try await CRMFixture(["CRM_LEAD_SCOPE": "everything"])
        #expect(try await fixture.say("TopLeadIntent").ssml?.contains("Testing C") == true)
        #expect(
            fixture.wrapper.requests.first?.target
                == "/base/getall?q=SELECT%20Id%2C%20Name%2C%20Email%20FROM%20Lead%20WHERE%20"
                + "IsConverted%20%3D%20false%20ORDER%20BY%20CreatedDate%20ASC%20LIMIT%201")
    }

    @Test func `another scope is a fault, named beside those of the account`() async throws {
        let error = await #expect(throws: EnvironmentError.self) {
            _ = try await CRMFixture(["CRM_LEAD_SCOPE": "team", "CRM_API_PASSWORD": ""])
        }
        #expect(error?.faults.count == 2 && error?.description.contains("CRM_LEAD_SCOPE") == true)
    }
}
