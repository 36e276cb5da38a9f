import Foundation
import JSON
import Synchronization
import Testing

@testable import LocalServices

/// The token endpoint of the local Salesforce, over raw HTTP.
struct SalesforceSignInTests {
    private static let client = ["client_id": "local-client", "client_secret": "local-secret"]
    private static let person = ["username": "agent@example.com", "password": "pass:word-ü"]

    private func jwt(
        algorithm: String = "RS256", issuer: String = "local-client", audience: String = "https://login.salesforce.com",
        subject: String = "agent@example.com", seconds: Double = 120, signature: Int = 256
    ) -> String {
        func part(_ bytes: [UInt8]) -> String {
            Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
                "=", with: "")
        }
        let expiry = Int(Date.now.timeIntervalSince1970 + seconds)
        let claims = #"{"iss":"\#(issuer)","aud":"\#(audience)","sub":"\#(subject)","exp":\#(expiry)}"#
        return [Array(#"{"alg":"\#(algorithm)"}"#.utf8), Array(claims.utf8), [UInt8](repeating: 7, count: signature)]
            .map(part).joined(separator: ".")
    }

    private func error(_ form: [String: String]) async throws -> String? {
        try await SalesforceDouble.withRunning { (double) async throws in
            let answer = try await SalesforceCaller(double: double).signIn(form)
            #expect(answer.status == 400)
            #expect(answer.body["error_description"]?.string?.isEmpty == false)
            return answer.body["error"]?.string
        }
    }

    @Test func `each grant gives a token that the instance takes`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
            let forms = [
                Self.client.merging(["grant_type": "client_credentials"]) { $1 },
                Self.client.merging(Self.person) { $1 }.merging(["grant_type": "password"]) { $1 },
                ["grant_type": grant, "assertion": jwt()],
                ["grant_type": grant, "assertion": jwt(audience: "https://test.salesforce.com")],
            ]
            for form in forms {
                var caller = SalesforceCaller(double: double)
                let answer = try await caller.signIn(form)
                #expect(answer.status == 200)
                #expect(answer.body["instance_url"] == .string(double.instanceURL))
                #expect(answer.body["expires_in"] == nil)
                #expect(Int64(answer.body["issued_at"]?.string ?? "") != nil)
                caller.token = answer.body["access_token"]?.string ?? ""
                #expect(try await caller.query("SELECT Id FROM Lead LIMIT 1").status == 200)
            }
        }
    }

    @Test(arguments: [
        ("client_secret", "wrong", "invalid_client"), ("client_id", "wrong", "invalid_client_id"),
        ("password", "pass", "invalid_grant"), ("username", "nobody@example.com", "invalid_grant"),
        ("grant_type", "refresh_token", "unsupported_grant_type"),
    ])
    func `a wrong field is an error object`(field: String, value: String, code: String) async throws {
        var form = Self.client.merging(Self.person) { $1 }.merging(["grant_type": "password"]) { $1 }
        form[field] = value
        #expect(try await error(form) == code)
    }

    @Test func `an assertion of the wrong shape or claims is refused`() async throws {
        let wrong: [(String, String)] = [
            ("", "invalid_grant"), ("a.b.c", "invalid_grant"), (jwt(algorithm: "none"), "invalid_grant"),
            (jwt(signature: 32), "invalid_grant"), (jwt(issuer: "other"), "invalid_client_id"),
            (jwt(audience: "https://login.salesforce.com/"), "invalid_grant"),
            (jwt(subject: "nobody@example.com"), "invalid_grant"), (jwt(seconds: -1), "invalid_grant"),
            (jwt(seconds: 600), "invalid_grant"),
        ]
        for (assertion, code) in wrong {
            let form = ["grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion]
            #expect(try await error(form) == code, "\(assertion)")
        }
    }

    @Test func `credentials in the URL, or not form-encoded, are refused`() async throws {
        try await SalesforceDouble.withRunning { (double) async throws in
            let caller = SalesforceCaller(double: double)
            let form = Self.client.merging(["grant_type": "client_credentials"]) { $1 }
            #expect(try await caller.signIn(form, query: "?client_id=x").body["error"] == .string("invalid_request"))
            #expect(
                try await caller.signIn(form, type: "application/json").body["error"]
                    == .string("unsupported_grant_type"))
        }
    }

    @Test func `a token ends when its time is over, an unknown one never began`() async throws {
        let clock = Clock()
        var configuration = SalesforceDouble.Configuration()
        configuration.tokenLifetime = 60
        configuration.now = { clock.now }
        try await SalesforceDouble.withRunning(configuration) { (double) async throws in
            var caller = SalesforceCaller(double: double)
            let form = Self.client.merging(["grant_type": "client_credentials"]) { $1 }
            caller.token = try await caller.signIn(form).body["access_token"]?.string ?? ""
            clock.advance(59)
            #expect(try await caller.query("SELECT Id FROM Lead").status == 200)
            clock.advance(1)
            let late = try await caller.query("SELECT Id FROM Lead")
            #expect(late.status == 401)
            #expect(late.body.code == "INVALID_SESSION_ID")
            caller.token = "never"
            #expect(try await caller.query("SELECT Id FROM Lead").status == 401)
        }
    }
}

/// A clock that is moved by hand.
private final class Clock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var now: Date { time.withLock { $0 } }

    func advance(_ seconds: TimeInterval) {
        time.withLock { $0 += seconds }
    }
}
