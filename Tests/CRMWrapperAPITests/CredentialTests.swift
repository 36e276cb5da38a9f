import AWS
import Foundation
import HTTPEvents
import LambdaRuntime
import Salesforce
import Settings
import TestSupport
import Testing

@testable import CRMWrapperAPI

struct CredentialTests {
    private typealias Org = ScriptedSalesforce

    @Test func `the password goes on whole, and is exchanged once`() async throws {
        let fixture = try WrapperFixture()
        for _ in 0..<2 {
            fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
            #expect(try await fixture.query().status == 200)
        }
        #expect(fixture.org.signIns.map { $0["password"] } == ["pass:word-ü"])
        #expect(fixture.org.signIns.map { $0["username"] } == ["agent@example.com"])
    }

    @Test func `another password does not get the session of the right one`() async throws {
        let fixture = try WrapperFixture()
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        _ = try await fixture.query()
        let came = try await fixture.send(
            "GET", "/getall?q=SELECT%20Id%20FROM%20Lead",
            authorization: WrapperFixture.authorization("agent@example.com:pass:word-u"))
        #expect(came.status == 401)
        #expect(fixture.org.calls.count == 1)
    }

    @Test func `an expired session is renewed within the request`() async throws {
        let fixture = try WrapperFixture()
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)), .answer(Org.page(0..<1, of: 1)))
        _ = try await fixture.query()
        fixture.org.expire()
        #expect(try await fixture.query().status == 200)
        #expect(fixture.org.signIns.count == 2)
    }

    @Test func `a token is used as it is, where there is an instance for it`() async throws {
        let fixture = try WrapperFixture()
        let other = try WrapperFixture(["SALESFORCE_INSTANCE_URL": fixture.org.url])
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)), .answer(Org.page(0..<1, of: 1)))
        _ = try await fixture.query()
        let target = "/getall?q=SELECT%20Id%20FROM%20Lead"
        #expect(try await other.send("GET", target, authorization: "bearer 00D!token1").status == 200)
        let refused = try await other.send("GET", target, authorization: "Bearer 00D!other")
        #expect(refused.status == 401)
        #expect(refused.code == "INVALID_SESSION_ID")
        #expect(refused.headers["WWW-Authenticate"] == #"Basic realm="crm""#)
        #expect(fixture.org.signIns.count == 1)
        #expect(other.org.server.requests.isEmpty)
    }

    @Test func `the scheme's case and blanks around the credentials do not matter`() async throws {
        let fixture = try WrapperFixture()
        let text = WrapperFixture.basic.dropFirst("Basic ".count)
        for authorization in ["basic \(text)", "BASIC \(text)", "Basic   \(text)", "Basic \(text)  "] {
            fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
            let came = try await fixture.send(
                "GET", "/getall?q=SELECT%20Id%20FROM%20Lead", authorization: authorization)
            #expect(came.status == 200)
        }
        #expect(fixture.org.signIns.count == 1)
    }

    @Test func `two Authorization headers are none`() async throws {
        let fixture = try WrapperFixture()
        var event = HTTPEvent(path: "/getall", rawQuery: "q=SELECT%20Id%20FROM%20Lead")
        event.headers.append("Authorization", WrapperFixture.basic)
        event.headers.append("authorization", WrapperFixture.basic)
        #expect(try await fixture.send(event).status == 401)
    }

    @Test func `no credential is in a log line or an answer, whatever fails`() async throws {
        let fixture = try WrapperFixture()
        let quoting = "no pass:word-ü local-secret 00D!token1 \(WrapperFixture.basic)"
        let replies: [ScriptedSalesforce.Reply] = [
            .answer(Org.fault(400, "X", quoting)), .answer(Org.fault(403, "Y", quoting)), .answer(.init(quoting)),
            .answer(Org.fault(500, "Z", quoting)), .answer(.init(status: 302, headers: [("Location", quoting)], "")),
            .answer(Org.fault(401, "INVALID_SESSION_ID", quoting)), .reset, .hang,
        ]
        var said = ""
        for reply in replies {
            fixture.org.reply(reply)
            said += try await fixture.query(within: .seconds(2)).body
        }
        for status in [400, 401, 403, 500] {
            fixture.org.expire()
            fixture.org.replyToSignIn(
                .answer(.init(status: status, #"{"error":"local-secret","error_description":"\#(quoting)"}"#)))
            let fresh = try WrapperFixture(["SALESFORCE_LOGIN_URL": fixture.org.url])
            said += try await fresh.query().body
            said += fresh.log
        }
        #expect(fixture.log.contains("WARN"))
        for secret in ["local-secret", "00D!token", "word-ü", WrapperFixture.basic] {
            #expect(!fixture.log.contains(secret))
            #expect(!said.contains(secret))
        }
    }

    @Test func `the secret is read at the start, and again when it is refused`() async throws {
        let fixture = try WrapperFixture()
        let secret = { @Sendable (value: String) in
            #"{"SecretString":"{\"SALESFORCE_CLIENT_ID\":\"local-client\",\"SALESFORCE_CLIENT_SECRET\":\"\#(value)\"}"}"#
        }
        let rotation = Counter()
        let manager = try ScriptedServer.answering { _ in
            .init(secret(rotation.increment() == 1 ? "local-secret" : "rotated-secret"))
        }
        let variables = [
            "SALESFORCE_LOGIN_URL": fixture.org.url, "SALESFORCE_SECRET_ARN": "arn:aws:secretsmanager:x:1:secret:s",
            "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
            "AWS_ENDPOINT_URL": "http://\(manager.authority)",
        ]
        let function = try await CRMWrapperAPI(environment: Environment(variables))
        #expect(manager.requests.count == 1)
        var event = HTTPEvent(path: "/getall", rawQuery: "q=SELECT%20Id%20FROM%20Lead")
        event.headers.append("Authorization", WrapperFixture.basic)
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)), .answer(Org.page(0..<1, of: 1)))
        let context = LambdaContext(requestID: "r", deadline: .now + .seconds(20))
        #expect(try await function.handle(event, context: context).statusCode == 200)
        fixture.org.changeSecret(to: "rotated-secret")
        fixture.org.expire()
        #expect(try await function.handle(event, context: context).statusCode == 200)
        #expect(manager.requests.count == 2)
        #expect(fixture.org.signIns.map { $0["client_secret"] } == ["local-secret", "local-secret", "rotated-secret"])
    }

    @Test func `a secret that lacks a key stops the start, naming the key`() async throws {
        let manager = try ScriptedServer.answering { _ in
            .init(#"{"SecretString":"{\"SALESFORCE_CLIENT_ID\":\"local-client\"}"}"#)
        }
        let variables = [
            "SALESFORCE_LOGIN_URL": "https://example.my.salesforce.com", "SALESFORCE_SECRET_ARN": "arn",
            "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://\(manager.authority)",
        ]
        let error = await #expect(throws: EnvironmentError.self) {
            _ = try await CRMWrapperAPI(environment: Environment(variables))
        }
        #expect(error?.faults.count == 1)
        #expect(error?.description.contains("SALESFORCE_CLIENT_SECRET") == true)
    }

    @Test func `an environment with nothing in it names what is missing`() async throws {
        let error = await #expect(throws: EnvironmentError.self) {
            _ = try await CRMWrapperAPI(
                environment: Environment([
                    "CRM_MAX_RECORDS": "0", "CRM_ALLOWED_OBJECTS": "Lead,,", "SALESFORCE_GRANT": "x",
                ]))
        }
        for name in ["CRM_MAX_RECORDS", "CRM_ALLOWED_OBJECTS", "SALESFORCE_GRANT", "SALESFORCE_LOGIN_URL"] {
            #expect(error?.description.contains(name) == true)
        }
    }
}
