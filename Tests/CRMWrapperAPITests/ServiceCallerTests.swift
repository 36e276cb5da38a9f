import Foundation
import JSON
import Salesforce
import Settings
import TestSupport
import Testing

@testable import CRMWrapperAPI

struct ServiceCallerTests {
    private typealias Org = ScriptedSalesforce
    private static let token = "reports-token-0123456789abcdef!~"
    private static let other = "portal-token-0123456789abcdef-xy"
    private static let callers = #"{"reports":{"token":"\#(token)"},"portal":{"token":"\#(other)","username":"p@x"}}"#
    private static let target = "/getall?q=SELECT%20Id%20FROM%20Lead"

    private static func query(_ fixture: WrapperFixture, _ token: String) async throws -> WrapperFixture.Came {
        try await fixture.send("GET", target, authorization: "Bearer \(token)")
    }

    @Test func `a caller's token acts by the service's own sign-in, and the log names the caller alone`() async throws {
        let fixture = try WrapperFixture(["CRM_CALLERS": Self.callers])
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)), .answer(Org.page(0..<1, of: 1)))
        #expect(try await Self.query(fixture, Self.token).status == 200)
        // Usernames count with the grant jwt alone: both have the service's one session.
        #expect(try await Self.query(fixture, Self.other).status == 200)
        #expect(fixture.org.signIns.map { $0["grant_type"] } == ["client_credentials"])
        #expect(fixture.log.contains("reports") && fixture.log.contains("portal"))
        #expect(!fixture.log.contains(Self.token) && !fixture.log.contains(Self.other) && !fixture.log.contains("p@x"))
    }

    @Test func `a token that differs in one character, in length or in case is no caller's`() async throws {
        let fixture = try WrapperFixture(["CRM_CALLERS": Self.callers])
        for token in [Self.token.dropLast() + "}", Self.token.dropLast() + "", Self.token + "~"] {
            #expect(try await Self.query(fixture, String(token)).status == 401)
        }
        #expect(try await Self.query(fixture, Self.token.uppercased()).status == 401)
        #expect(fixture.org.server.requests.isEmpty)
    }

    @Test func `any other token is one of the CRM's, as before`() async throws {
        let org = try WrapperFixture()
        let fixture = try WrapperFixture(["CRM_CALLERS": Self.callers, "SALESFORCE_INSTANCE_URL": org.org.url])
        org.org.reply(.answer(Org.page(0..<1, of: 1)), .answer(Org.page(0..<1, of: 1)))
        _ = try await org.query()
        #expect(try await Self.query(fixture, "00D!token1").status == 200)
        #expect(fixture.org.server.requests.isEmpty)
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        #expect(try await fixture.query().status == 200)
        #expect(fixture.org.signIns.map { $0["grant_type"] } == ["password"])
    }

    @Test func `with jwt a caller acts as its own user, and one without a name as the service's`() async throws {
        let fixture = try WrapperFixture([
            "CRM_CALLERS": Self.callers, "SALESFORCE_GRANT": "jwt", "SALESFORCE_USERNAME": "service@x",
            "SALESFORCE_PRIVATE_KEY": try TestKey.rsa(), "SALESFORCE_CLIENT_SECRET": "",
        ])
        for token in [Self.other, Self.token, Self.other] {
            fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
            // The double knows only one session.
            fixture.org.expire()
            #expect(try await Self.query(fixture, token).status == 200)
        }
        let subjects = try fixture.org.signIns.map { form in
            let claims = try #require(form["assertion"]?.split(separator: ".").dropFirst().first)
            return try JSONValue(parsing: TestKey.decoded(String(claims)))["sub"]?.string
        }
        #expect(subjects == ["p@x", "service@x", "p@x"])
    }

    @Test func `with jwt no client secret is needed, and without one Basic is 401`() async throws {
        let fixture = try WrapperFixture([
            "SALESFORCE_GRANT": "jwt", "SALESFORCE_CLIENT_SECRET": "",
        ])
        let came = try await fixture.query()
        #expect(came.status == 401 && came.headers["WWW-Authenticate"] == #"Basic realm="crm""#)
        #expect(fixture.org.server.requests.isEmpty)
        let both = try WrapperFixture(["SALESFORCE_GRANT": "jwt"])
        both.org.reply(.answer(Org.page(0..<1, of: 1)))
        #expect(try await both.query().status == 200)
    }

    @Test func `a caller whom the CRM refuses is 502, and nobody else's session serves it`() async throws {
        let fixture = try WrapperFixture([
            "CRM_CALLERS": Self.callers, "SALESFORCE_GRANT": "jwt", "SALESFORCE_USERNAME": "service@x",
            "SALESFORCE_PRIVATE_KEY": try TestKey.rsa(), "SALESFORCE_CLIENT_SECRET": "",
        ])
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        #expect(try await Self.query(fixture, Self.token).status == 200)
        fixture.org.replyToSignIn(
            .answer(
                .init(
                    status: 400,
                    #"{"error":"invalid_grant","error_description":"user hasn't approved this consumer"}"#)))
        let came = try await Self.query(fixture, Self.other)
        #expect(came.status == 502 && fixture.org.calls.count == 1 && fixture.org.signIns.count == 2)
        #expect(fixture.log.contains("pre-authorise") && !came.body.contains("pre-authorise"))
        // The refused user is the caller's, whose setting is named and whose name is not.
        #expect(fixture.log.contains("CRM_CALLERS.portal's username") && !fixture.log.contains("SALESFORCE_USERNAME"))
        #expect(!fixture.log.contains("p@x") && !fixture.log.contains(Self.other))
        // Afterwards: a session that is refused, and refused again once it is new.
        let refusal = Org.fault(401, "INVALID_SESSION_ID", "Session expired or invalid")
        fixture.org.reply(.answer(refusal), .answer(refusal))
        let later = try await Self.query(fixture, Self.token)
        #expect(later.status == 502 && fixture.org.calls.count == 3)
        #expect(!later.headers.keys.contains("WWW-Authenticate"))
    }

    @Test(arguments: [
        ("[]", "JSON object"), ("{", "JSON object"), (#"{"a":3}"#, "must give a an object"),
        (#"{"a":{}}"#, "must give a a token"), (#"{"a":{"token":"short"}}"#, "at least 32"),
        (#"{"a":{"token":"0123456789abcdef 0123456789abcdef"}}"#, "from ! to ~"),
        (#"{"a":{"token":"0123456789äbcdef0123456789abcdef"}}"#, "from ! to ~"),
        (#"{"":{"token":"0123456789abcdef0123456789abcdef"}}"#, "a non-empty name"),
        (#"{"a":{"token":"0123456789abcdef0123456789abcdef","user":"x"}}"#, "a token and, optionally, a username"),
        (#"{"a":{"token":"0123456789abcdef0123456789abcdef","username":""}}"#, "username"),
        (
            #"{"a":{"token":"0123456789abcdef0123456789abcdef"},"b":{"token":"0123456789abcdef0123456789abcdef"}}"#,
            "a and b the same token"
        ),
        (
            #"{"a":{"token":"0123456789abcdef0123456789abcdef"},"a":{"token":"0123456789abcdef0123456789abcdeg"}}"#,
            "twice"
        ),
    ])
    func `a fault is named at the start, without the token`(_ callers: String, _ words: String) async throws {
        let error = #expect(throws: EnvironmentError.self) { try WrapperFixture(["CRM_CALLERS": callers]) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        #expect(error?.faults.count == 1)
        for token in ["0123456789", "short"] { #expect(error?.description.contains(token) == false) }
    }

    @Test func `callers by client credentials need the org's own host, and a Basic caller's password does not`() throws
    {
        let variables = ["SALESFORCE_LOGIN_URL": "https://login.salesforce.com"]
        let error = #expect(throws: EnvironmentError.self) {
            try WrapperFixture(variables.merging(["CRM_CALLERS": Self.callers]) { $1 })
        }
        #expect(error?.description.contains("My Domain") == true)
        _ = try WrapperFixture(variables)
    }

    @Test func `the service's wrong secret behind a Basic caller is 502, its remedy in the log alone`() async throws {
        let fixture = try WrapperFixture(["SALESFORCE_CLIENT_SECRET": "another-secret"])
        let came = try await fixture.query()
        #expect(came.status == 502)
        #expect(fixture.log.contains("SALESFORCE_CLIENT_SECRET"))
        for (name, value) in came.headers { #expect(!"\(name)\(value)".contains("SALESFORCE")) }
        #expect(!came.body.contains("SALESFORCE") && !came.body.contains("secret"))
        let own = try WrapperFixture()
        let refused = try await own.send(
            "GET", Self.target, authorization: WrapperFixture.authorization("agent@example.com:wrong"))
        #expect(refused.status == 401)
        for words in ["security token", "SALESFORCE_"] {
            #expect(!refused.body.contains(words) && !own.log.contains(words))
        }
    }

    @Test func `with jwt a caller without a name needs the service's user`() async throws {
        let error = await #expect(throws: EnvironmentError.self) {
            _ = try await CRMWrapperAPI(
                environment: Environment([
                    "SALESFORCE_LOGIN_URL": "https://example.my.salesforce.com", "SALESFORCE_CLIENT_ID": "x",
                    "SALESFORCE_GRANT": "jwt", "SALESFORCE_PRIVATE_KEY": try TestKey.rsa(),
                    "CRM_CALLERS": Self.callers,
                ]))
        }
        #expect(error?.faults.count == 1)
        #expect(
            error?.description.contains("reports") == true && error?.description.contains("SALESFORCE_USERNAME") == true
        )
    }

    @Test(arguments: [true, false])
    func `the secret holds the callers as an object or its text, and is read again for an unknown token`(
        _ isText: Bool
    ) async throws {
        let fixture = try WrapperFixture()
        func secret(_ callers: String) -> String {
            let callers = isText ? JSONValue.string(callers).text : callers
            return JSONValue.object(["SecretString": .string(#"{"CRM_CALLERS":\#(callers)}"#)]).text
        }
        let first = secret(#"{"reports":{"token":"\#(Self.token)"}}"#)
        let second = secret(Self.callers)
        let readings = Counter()
        let manager = try ScriptedServer.answering { _ in .init(readings.increment() == 1 ? first : second) }
        let function = try await CRMWrapperAPI(
            environment: Environment([
                "SALESFORCE_LOGIN_URL": fixture.org.url, "SALESFORCE_CLIENT_ID": "local-client",
                "SALESFORCE_CLIENT_SECRET": "local-secret", "CRM_CALLERS_SECRET_ARN": "callers",
                "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
                "AWS_ENDPOINT_URL": "http://\(manager.authority)",
            ]))
        func status(_ token: String) async throws -> Int {
            fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
            return try await fixture.send(to: function, Self.target, authorization: "Bearer \(token)").status
        }
        #expect(try await status(Self.token) == 200)
        #expect(manager.requests.count == 1)
        #expect(try await status(Self.other) == 200)
        #expect(manager.requests.count == 2)
        // No caller can make it read more than once in 30 seconds.
        for _ in 0..<3 { #expect(try await status("00D!nobody") == 401) }
        #expect(manager.requests.count == 2)
    }

    @Test func `a secret without callers stops the start, together with what Salesforce's lacks`() async throws {
        let manager = try ScriptedServer.answering { _ in .init(#"{"SecretString":"{\"SALESFORCE_CLIENT_ID\":\"x\"}"}"#)
        }
        let error = await #expect(throws: EnvironmentError.self) {
            _ = try await CRMWrapperAPI(
                environment: Environment([
                    "SALESFORCE_LOGIN_URL": "https://example.my.salesforce.com", "SALESFORCE_SECRET_ARN": "crm",
                    "CRM_CALLERS_SECRET_ARN": "callers", "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a",
                    "AWS_SECRET_ACCESS_KEY": "b", "AWS_ENDPOINT_URL": "http://\(manager.authority)",
                ]))
        }
        #expect(error?.faults.count == 2)
        for name in ["SALESFORCE_CLIENT_SECRET", "CRM_CALLERS"] { #expect(error?.description.contains(name) == true) }
    }
}
