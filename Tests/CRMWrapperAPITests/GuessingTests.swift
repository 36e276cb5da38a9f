import Foundation
import TestSupport
import Testing

@testable import CRMWrapperAPI

/// The limit on guessing a user's password.
struct GuessingTests {
    private typealias Org = ScriptedSalesforce

    /// Sends a query with a password; the answer's status.
    private static func send(
        _ password: String, of user: String = "agent@example.com", _ fixture: WrapperFixture
    ) async throws -> WrapperFixture.Came {
        try await fixture.send(
            "GET", "/getall?q=SELECT%20Id%20FROM%20Lead",
            authorization: WrapperFixture.authorization("\(user):\(password)"))
    }

    @Test func `a refused password is 401 for 30 seconds without the CRM, as it was the first time`() async throws {
        let fixture = try WrapperFixture()
        let first = try await Self.send("wrong", fixture)
        fixture.advance(.seconds(29))
        let again = try await Self.send("wrong", fixture)
        #expect(first.status == 401 && again.status == 401 && again.body == first.body)
        #expect(again.headers["WWW-Authenticate"] == #"Basic realm="crm""# && again.code == "invalid_grant")
        #expect(fixture.org.signIns.count == 1)
        fixture.advance(.seconds(1))
        #expect(try await Self.send("wrong", fixture).status == 401)
        #expect(fixture.org.signIns.count == 2)
    }

    @Test func `after five refused passwords of one user the next is tried once in 30 seconds`() async throws {
        let fixture = try WrapperFixture()
        for (index, user) in ["agent@example.com", "AGENT@example.com", "Agent@Example.COM", " agent@example.com"]
            .enumerated()
        {
            #expect(try await Self.send("wrong\(index)", of: user, fixture).status == 401)
        }
        #expect(try await Self.send("wrong4", fixture).status == 401)
        fixture.advance(.milliseconds(500))
        let held = try await Self.send("wrong5", fixture)
        #expect(held.status == 429 && held.headers["Retry-After"] == "30" && held.code == "TOO_MANY_PASSWORDS")
        #expect(!held.headers.keys.contains("WWW-Authenticate"))
        // The right one, too, since nobody knows it yet; those refused a moment ago are refused.
        #expect(try await Self.send("pass:word-ü", of: "aGent@example.com", fixture).status == 429)
        #expect(try await Self.send("wrong4", fixture).status == 401)
        #expect(try await Self.send("wrong", of: "other@example.com", fixture).status == 401)
        #expect(fixture.org.signIns.count == 6)
        #expect(!fixture.log.contains("agent@") && !fixture.log.contains("wrong5") && fixture.log.contains("WARN"))
        fixture.advance(.seconds(20))
        #expect(try await Self.send("wrong5", fixture).headers["Retry-After"] == "10")
        fixture.advance(.milliseconds(9500))
        #expect(try await Self.send("wrong5", fixture).status == 401)
        #expect(try await Self.send("wrong6", fixture).headers["Retry-After"] == "30")
        fixture.advance(.seconds(30))
        fixture.org.answer(200, #"{"totalSize":0,"done":true,"records":[]}"#)
        #expect(try await Self.send("pass:word-ü", fixture).status == 200)
        // From then on it is known.
        fixture.org.answer(200, #"{"totalSize":0,"done":true,"records":[]}"#)
        #expect(try await Self.send("pass:word-ü", fixture).status == 200)
        #expect(fixture.org.signIns.count == 8)
    }

    @Test func `a right password is not affected, not even when its session has to be renewed`() async throws {
        let fixture = try WrapperFixture()
        func works() async throws -> Bool {
            fixture.org.answer(200, #"{"totalSize":0,"done":true,"records":[]}"#)
            return try await fixture.query().status == 200
        }
        #expect(try await works())
        for index in 0..<6 { _ = try await Self.send("wrong\(index)", fixture) }
        #expect(try await works())
        fixture.org.expire()
        #expect(try await works())
        fixture.advance(.seconds(901))
        for index in 0..<6 { _ = try await Self.send("wrong\(index)", fixture) }
        #expect(try await works())
        #expect(try await Self.send("wrong6", fixture).status == 429)
    }

    @Test func `only invalid_grant is a refusal of a password`() async throws {
        let fixture = try WrapperFixture()
        let replies: [(String, String, Int)] = [
            ("inactive_user", "user is inactive", 401), ("invalid_client", "invalid client credentials", 502),
            ("server_error", "busy", 502), ("invalid_grant", "Login Rate Exceeded", 429),
        ]
        for (index, reply) in (replies + replies).enumerated() {
            fixture.org.replyToSignIn(
                .answer(.init(status: 400, #"{"error":"\#(reply.0)","error_description":"\#(reply.1)"}"#)))
            // Neither counted, nor kept.
            #expect(try await Self.send("word\(index % 4)", fixture).status == reply.2)
        }
        #expect(fixture.org.signIns.count == 8)
        fixture.org.replyToSignIn(.reset)
        _ = try await Self.send("word", fixture)
        #expect(try await Self.send("last", fixture).status == 401)
    }

    @Test func `the ages are by the larger of two clocks, and none once the wall clock went back`() async throws {
        let fixture = try WrapperFixture()
        for index in 0..<5 { _ = try await Self.send("wrong\(index)", fixture) }
        #expect(try await Self.send("wrong5", fixture).status == 429)
        fixture.advance(.zero, continuous: .seconds(31))
        #expect(try await Self.send("wrong5", fixture).status == 401)
        #expect(try await Self.send("wrong6", fixture).status == 429)
        fixture.advance(.seconds(-1))
        #expect(try await Self.send("wrong6", fixture).status == 401)
    }

    @Test func `requests at once let no more through`() async throws {
        let fixture = try WrapperFixture()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<40 {
                group.addTask { try await Self.send("wrong\(index % 20)", fixture).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(fixture.org.signIns.count == 5)
        #expect(statuses.filter { $0 == 429 }.count + statuses.filter { $0 == 401 }.count == 40)
        #expect(statuses.filter { $0 == 429 }.count >= 30)
    }

    @Test func `a right password at once is exchanged once, and one user does not wait for another`() async throws {
        let fixture = try WrapperFixture()
        fixture.org.replyToSignIn(.hang)
        let stuck = Task { try await Self.send("slow", of: "stuck@example.com", fixture) }
        while fixture.org.signIns.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        for _ in 0..<5 { fixture.org.answer(200, #"{"totalSize":0,"done":true,"records":[]}"#) }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<5 { group.addTask { try await fixture.query().status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == [200, 200, 200, 200, 200] && fixture.org.signIns.count == 2)
        stuck.cancel()
        _ = try await stuck.value
    }
}
