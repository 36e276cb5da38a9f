import Alexa
import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

@testable import AlexaCRM

@Suite struct CRMFailureTests {
    private static func always(_ answer: ScriptedServer.Response) -> ScriptedServer.Script {
        { connection in while try connection.readRequest() != nil { try connection.answer(answer) } }
    }

    private static let hanging: ScriptedServer.Script = { connection in
        _ = try connection.readRequest()
        connection.hang()
    }

    @Test(arguments: [
        (400, "DUPLICATES_DETECTED", CRMSentence.duplicate), (400, "DUPLICATE_VALUE", .duplicate),
        (400, "REQUIRED_FIELD_MISSING", .missingField), (400, "STRING_TOO_LONG", .notAccepted),
        (401, "INVALID_LOGIN", .accountRefused), (403, "INSUFFICIENT_ACCESS", .forbidden),
        (429, "REQUEST_LIMIT_EXCEEDED", .down), (503, "SERVER_UNAVAILABLE", .down), (502, "invalid_grant", .down),
        (502, "SERVER_UNAVAILABLE", .down), (502, "CRM_NOT_DONE", .down), (504, "CRM_NOT_DONE", .slow),
    ])
    func `a creation that certainly failed has its sentence, and can be repeated`(
        _ status: Int, _ code: String, _ sentence: CRMSentence
    ) async throws {
        let fixture = try await CRMFixture(wrapper: Self.always(CRMFixture.error(status, code)))
        for _ in 1...2 {
            let answer = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
            #expect(answer.ssml == sentence.ssml() && answer.response["shouldEndSession"] == true)
        }
        #expect(fixture.created.count == 2)
        for secret in ["ada@example.net", "Lovelace", "p:ss", "SECRETUSER", "api-secret"] {
            #expect(!fixture.log.contains(secret))
        }
    }

    @Test(arguments: [500, 502, 504, 200])
    func `a creation whose outcome is unknown says so, and is not repeated`(_ status: Int) async throws {
        let fixture = try await CRMFixture(wrapper: Self.always(ScriptedServer.Response(status: status, "not JSON")))
        for _ in 1...2 {
            let answer = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
            #expect(answer.ssml == CRMSentence.unconfirmed.ssml())
        }
        #expect(fixture.created.count == 1)
    }

    @Test(arguments: [(502, "CRM_UNAVAILABLE"), (504, "CRM_TIMEOUT"), (502, ""), (500, "X")])
    func `a creation is unknown, too, where the wrapper itself does not know`(_ status: Int, _ code: String)
        async throws
    {
        let fixture = try await CRMFixture(wrapper: Self.always(CRMFixture.error(status, code)))
        for _ in 1...2 {
            let answer = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
            #expect(answer.ssml == CRMSentence.unconfirmed.ssml())
        }
        #expect(fixture.created.count == 1)
    }

    @Test func `a creation that broke off is not repeated`() async throws {
        let fixture = try await CRMFixture { connection in
            _ = try connection.readRequest()
            connection.reset()
        }
        for _ in 1...2 {
            let answer = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
            #expect(answer.ssml == CRMSentence.unconfirmed.ssml())
        }
        #expect(fixture.created.count == 1)
    }

    @Test func `a CRM that is not there can be asked again`() async throws {
        let port = try ScriptedServer.closedPort()
        let fixture = try await CRMFixture(["CRM_API_URL": "http://127.0.0.1:\(port)"])
        for _ in 1...2 {
            let answer = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
            #expect(answer.ssml == CRMSentence.down.ssml())
        }
        #expect(try await fixture.say("TopLeadIntent").ssml == CRMSentence.down.ssml())
    }

    @Test func `a refused token asks to link the account again, a refused account does not`() async throws {
        let fixture = try await CRMFixture(wrapper: Self.always(CRMFixture.error(401, "INVALID_SESSION_ID")))
        let linked = try await fixture.say("TopLeadIntent", token: "expired")
        #expect(linked.ssml == CRMSentence.linkAccountAgain.ssml() && linked.response["card"]?["type"] == "LinkAccount")
        let own = try await fixture.say("TopLeadIntent")
        #expect(own.ssml == CRMSentence.accountRefused.ssml() && own.response["card"] == nil)
    }

    @Test func `the answer comes within 7 seconds whatever the CRM does, after a word at 2`() async throws {
        let fixture = try await CRMFixture(wrapper: Self.hanging)
        let start = ContinuousClock.now
        let answer = try await fixture.say("TopLeadIntent", locale: "de-DE")
        #expect(.now - start < .seconds(7))
        #expect(answer.ssml == CRMSentence.slow.ssml("de-DE"))
        let notice = try #require(fixture.alexa.requests.first)
        #expect(fixture.alexa.requests.count == 1)
        #expect(notice.method == "POST" && notice.target == "/v1/directives")
        #expect(notice["Authorization"] == "Bearer api-secret")
        let body = try JSONValue(parsing: notice.body)
        #expect(body["directive"]?["speech"]?.string == CRMSentence.wait.ssml("de-DE"))
        #expect(body["header"]?["requestId"] == "alexa-request-1")
    }

    @Test func `a creation that hangs is answered within 7 seconds too, and is not repeated`() async throws {
        let fixture = try await CRMFixture(wrapper: Self.hanging)
        let start = ContinuousClock.now
        let answer = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
        #expect(.now - start < .seconds(7))
        #expect(answer.ssml == CRMSentence.unconfirmed.ssml())
        _ = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
        #expect(fixture.created.count == 1)
    }

    @Test func `a table that hangs is answered within 7 seconds, and nothing is created`() async throws {
        let fixture = try await CRMFixture()
        fixture.aws.behave { _, _ in .hang }
        let start = ContinuousClock.now
        let answer = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
        #expect(.now - start < .seconds(7))
        #expect(answer.ssml == CRMSentence.down.ssml() && fixture.created == [])
    }

    @Test func `a table that is not there, or refuses, is a CRM that cannot be reached: nothing was created`()
        async throws
    {
        let fixture = try await CRMFixture()
        for behaviour in [
            AWSDouble.Behaviour.refuse(status: 400, code: "ResourceNotFoundException"),
            .refuse(status: 400, code: "AccessDeniedException"), .refuse(status: 500, code: "InternalServerError"),
            .resetAfterDoing,
        ] {
            fixture.aws.behave { _, _ in behaviour }
            let answer = try await fixture.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
            #expect(answer.ssml == CRMSentence.down.ssml(), "\(behaviour)")
        }
        let port = try ScriptedServer.closedPort()
        let absent = try await CRMFixture(["AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)"])
        let answer = try await absent.say("CreateLeadIntent", CRMFixture.ada, confirmation: "CONFIRMED")
        #expect(answer.ssml == CRMSentence.down.ssml())
        #expect(fixture.created == [] && absent.created == [])
        #expect(!absent.log.contains("Lovelace"))
    }

    @Test func `a quick CRM is not announced, and Alexa's refusal of an announcement changes nothing`() async throws {
        let fixture = try await CRMFixture()
        _ = try await fixture.say("TopLeadIntent")
        #expect(fixture.alexa.requests.isEmpty)
        let slow = try await CRMFixture(noticeAfter: .milliseconds(50)) { connection in
            while let request = try connection.readRequest() {
                try connection.sleep(for: .milliseconds(500))
                try connection.answer(CRMFixture.answer(request))
            }
        }
        slow.alexa.stop()
        #expect(try await slow.say("TopLeadIntent").ssml?.contains("Testing C") == true)
        #expect(slow.log.contains("The progressive response was not sent"))
        #expect(!slow.log.contains("api-secret"))
    }

    @Test func `an answer of the CRM that nobody can read is its failure`() async throws {
        for text in ["", "{", #"{"data":null}"#, #"{"data":{"records":{}}}"#, "[]"] {
            let fixture = try await CRMFixture(wrapper: Self.always(ScriptedServer.Response(text)))
            #expect(try await fixture.say("TopLeadIntent").ssml == CRMSentence.down.ssml())
        }
    }
}
