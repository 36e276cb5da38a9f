import AWS
import Calling
import Foundation
import Settings
import TestSupport
import Testing

@testable import Salesforce

struct SessionTests {
    private typealias Org = ScriptedSalesforce

    @Test func `one sign-in serves many calls`() async throws {
        let fixture = try SalesforceFixture()
        for _ in 0..<3 {
            fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
            #expect(try await fixture.ids() == ["0"])
        }
        #expect(
            fixture.org.signIns == [
                ["grant_type": "client_credentials", "client_id": "local-client", "client_secret": "local-secret"]
            ])
    }

    @Test func `an expired session is renewed once and the call repeated`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)), .answer(Org.page(1..<2, of: 1)))
        _ = try await fixture.ids()
        fixture.org.expire()
        #expect(try await fixture.ids() == ["1"])
        #expect(fixture.org.signIns.count == 2)
        #expect(
            fixture.org.calls.map { $0["Authorization"] } == [
                "Bearer 00D!token1", "Bearer 00D!token1", "Bearer 00D!token2",
            ])
    }

    @Test func `a session that is refused again is an error, not a loop`() async throws {
        let fixture = try SalesforceFixture()
        let refusal = Org.fault(401, "INVALID_SESSION_ID", "Session expired or invalid")
        fixture.org.reply(.answer(refusal), .answer(refusal))
        let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
        #expect(error?.kind == .clientRefused)
        #expect(fixture.org.signIns.count == 2)
        #expect(fixture.org.calls.count == 2)
        // A refused session is not cached.
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        _ = try? await fixture.ids()
        #expect(fixture.org.signIns.count == 3)
    }

    @Test func `a user's password may hold colons and letters beyond ASCII`() async throws {
        let fixture = try SalesforceFixture(use: .callers)
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        _ = try await fixture.ids(fixture.call(SalesforceFixture.user))
        #expect(
            fixture.org.signIns == [
                [
                    "grant_type": "password", "client_id": "local-client", "client_secret": "local-secret",
                    "username": "agent@example.com", "password": "pass:word-ü",
                ]
            ])
    }

    @Test func `a wrong password is the user's fault and is never kept`() async throws {
        let fixture = try SalesforceFixture(use: .callers)
        let wrong = SalesforceCall.Identity.user(name: Redacted(Org.username), password: Redacted("wrong"))
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
        _ = try await fixture.ids(fixture.call(SalesforceFixture.user))
        for _ in 0..<2 {
            fixture.freeze(seconds: 30)
            let error = await failure { () async throws(SalesforceError) in try await fixture.ids(fixture.call(wrong)) }
            #expect(error?.kind == .credentialsRefused)
            #expect(error?.code == "invalid_grant")
        }
        #expect(fixture.org.signIns.count == 3)
        #expect(fixture.client.tokens.count == 1)
    }

    @Test func `a wrong client secret is ours`() async throws {
        let fixture = try SalesforceFixture(["SALESFORCE_CLIENT_SECRET": "another"], use: .callers)
        let error = await failure { () async throws(SalesforceError) in
            try await fixture.ids(fixture.call(SalesforceFixture.user))
        }
        #expect(error?.kind == .clientRefused)
        #expect(fixture.org.signIns.count == 1)
    }

    @Test func `a caller's token is used as it is, and never renewed`() async throws {
        let fixture = try SalesforceFixture(use: .callers)
        let configured = try SalesforceFixture(["SALESFORCE_INSTANCE_URL": fixture.org.url], use: .callers)
        for target in [fixture, configured] {
            let error = await failure { () async throws(SalesforceError) in
                try await target.ids(target.call(.bearer(Redacted("00D!mine"))))
            }
            #expect(error?.kind == .credentialsRefused)
        }
        #expect(fixture.org.calls.map { $0["Authorization"] } == ["Bearer 00D!mine"])
        #expect(fixture.org.signIns.isEmpty)
    }

    @Test func `a session is used for a quarter of an hour`() async throws {
        let fixture = try SalesforceFixture()
        fixture.org.reply(.answer(Org.page(0..<1, of: 1)), .answer(Org.page(0..<1, of: 1)))
        _ = try await fixture.ids(fixture.call(within: .seconds(4000)))
        fixture.advance(.seconds(901))
        _ = try await fixture.ids(fixture.call(within: .seconds(4000)))
        #expect(fixture.org.signIns.count == 2)
    }

    @Test func `a session grows old while the process is frozen, and is none once the wall clock went back`()
        async throws
    {
        let fixture = try SalesforceFixture()
        for (seconds, signIns) in [(0, 1), (899, 1), (1, 2), (-1, 3)] {
            fixture.org.reply(.answer(Org.page(0..<1, of: 1)))
            fixture.freeze(seconds: Double(seconds))
            _ = try await fixture.ids()
            #expect(fixture.org.signIns.count == signIns, "after \(seconds) s more")
        }
    }

    @Test
    func `a secret that stays refused is read again once in 30 seconds, of which a frozen process counts the wall's`()
        async throws
    {
        let manager = try ScriptedServer.answering { _ in
            .init(#"{"SecretString":"{\"SALESFORCE_CLIENT_SECRET\":\"wrong\"}"}"#)
        }
        let fixture = try SalesforceFixture([
            "SALESFORCE_SECRET_ARN": "crm", "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a",
            "AWS_SECRET_ACCESS_KEY": "b", "AWS_ENDPOINT_URL": "http://\(manager.authority)",
        ])
        for (seconds, readings) in [(0, 2), (1, 2), (28, 2), (2, 3), (-1, 4)] {
            fixture.freeze(seconds: Double(seconds))
            let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
            #expect(error?.kind == .clientRefused)
            #expect(manager.requests.count == readings, "\(seconds) s later")
        }
    }

    @Test func `a reply that leads out of TLS or has no token is unreadable`() async throws {
        for body in [
            "{}", "[]", "<html>", #"{"access_token":"a b","instance_url":"http://x"}"#,
            #"{"access_token":"a","instance_url":"ftp://x"}"#,
            #"{"access_token":"a\r\nX: y","instance_url":"http://x"}"#,
            #"{"access_token":"a","instance_url":"http://example.my.salesforce.com"}"#,
            #"{"access_token":"a","instance_url":"https://user@example.my.salesforce.com"}"#,
        ] {
            let fixture = try SalesforceFixture()
            fixture.org.replyToSignIn(.answer(.init(body)))
            let error = await failure { () async throws(SalesforceError) in try await fixture.ids() }
            #expect(error?.kind == .unreadable)
        }
    }

    @Test func `the cache is bounded, forgets the oldest, and holds no credential`() {
        let cache = TokenCache()
        let now = Moment.now
        let session = SalesforceSession(
            token: Redacted("00D!abcdefgh"), instance: Endpoint(scheme: "https", authority: "a"))
        let digests = (0..<100).map { cache.digest(of: ["user\($0)", "secret-password"]) }
        for digest in digests { cache.keep(session, for: digest, now: now) }
        #expect(cache.count == TokenCache.capacity)
        #expect(cache.session(for: digests[0], now: now) == nil)
        #expect(cache.session(for: digests[99], now: now)?.isSame(as: session) == true)
        #expect(Set(digests).count == 100)
        #expect(cache.digest(of: ["ab", "c"]) != cache.digest(of: ["a", "bc"]))
        #expect(TokenCache().digest(of: ["ab", "c"]) != cache.digest(of: ["ab", "c"]))
        var dumped = ""
        dump(cache, to: &dumped)
        #expect(!dumped.contains("secret-password") && !dumped.contains("00D!abc"))
    }
}
