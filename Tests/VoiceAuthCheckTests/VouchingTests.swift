import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import VoiceAuthCheck

/// The responses to a flow about a voice that nobody has vouched for.
@Suite(.takingTurns) struct VouchingTests {
    typealias Bench = VoiceCheckFixture

    /// Begins a contact that proves its voice.
    private func prove(_ fixture: Bench, _ contact: String, _ parameters: [String: String] = [:]) async throws {
        let output = try await fixture.ask("begin", parameters, contact: contact)
        #expect(try await fixture.call("CA-\(contact)", code: output.handoverCode) == .verified)
    }

    @Test func `who merely shows a number enrols and is enrolled, today and later, and may not delete`() async throws {
        try await Bench.run { fixture async throws in
            for contact in ["c1", "c2"] {
                try await prove(fixture, contact)
                for _ in 0..<2 { #expect(try await fixture.ask("result", contact: contact) == .branch(.enrolled)) }
                #expect(try await fixture.branch("result", contact: "stranger") == "retry")
                #expect(try await fixture.branch("delete", contact: contact) == "failedverified")
            }
            fixture.advance(seconds: 86_399)
            #expect(try await fixture.branch("result", contact: "c2") == "enrolled")
            #expect(await fixture.users.count == 1)
        }
    }

    @Test func `a voiceprint that the flow has allowed is verified from the start`() async throws {
        try await Bench.run { fixture async throws in
            try await prove(fixture, "c1", Bench.allowed)
            #expect(try await fixture.branch("result", contact: "c1") == "verified")
            try await prove(fixture, "c2")
            #expect(try await fixture.branch("result", contact: "c2") == "verified")
        }
    }

    @Test func `permission at a later begin confirms the voice by that contact's proof`() async throws {
        try await Bench.run { fixture async throws in
            try await prove(fixture, "c1")
            _ = try await fixture.ask("begin", Bench.allowed, contact: "c2")
            try await prove(fixture, "c3")
            #expect(try await fixture.branch("result", contact: "c3") == "enrolled")
            // One statement holds for the contact.
            try await prove(fixture, "c2")
            #expect(try await fixture.branch("result", contact: "c2") == "verified")
            try await prove(fixture, "c4")
            #expect(try await fixture.branch("result", contact: "c4") == "verified")
        }
    }

    @Test(arguments: [true, false])
    func `confirm vouches for the contact's own proof, asked for or not`(isAsked: Bool) async throws {
        try await Bench.run { fixture async throws in
            try await prove(fixture, "c1")
            if isAsked { #expect(try await fixture.branch("result", contact: "c1") == "enrolled") }
            for parameters in [[:], ["enrollmentAllowed": "false"]] {
                #expect(try await fixture.branch("confirm", parameters, contact: "c1") == "failedverified")
            }
            #expect(try await fixture.branch("confirm", Bench.allowed, contact: "stranger") == "failedverified")
            for _ in 0..<2 {
                #expect(try await fixture.ask("confirm", Bench.allowed, contact: "c1") == .branch(.verified))
            }
            #expect(try await fixture.branch("result", contact: "c1") == "verified")
            try await prove(fixture, "c2")
            #expect(try await fixture.branch("result", contact: "c2") == "verified")
            #expect(try await fixture.branch("delete", contact: "c1") == "deleted")
        }
    }

    @Test func `today's check does not vouch for whoever called before`() async throws {
        try await Bench.run { fixture async throws in
            try await prove(fixture, "c1")
            #expect(try await fixture.branch("result", contact: "c1") == "enrolled")
            let output = try await fixture.ask("begin", contact: "today")
            #expect(try await fixture.branch("confirm", Bench.allowed, contact: "today") == "failedverified")
            try await fixture.call("CA-today", code: output.handoverCode, [.failed])
            #expect(try await fixture.branch("confirm", Bench.allowed, contact: "today") == "failedverified")
            fixture.advance(seconds: 86_400)
            #expect(try await fixture.branch("confirm", Bench.allowed, contact: "c1") == "failedverified")
            try await prove(fixture, "c2")
            #expect(try await fixture.branch("result", contact: "c2") == "enrolled")
        }
    }

    @Test func `in caller-id mode the seed's verified stays`() async throws {
        try await Bench.run(Bench.callerID) { fixture async throws in
            try await fixture.enroll(contact: "c")
            #expect(try await fixture.branch("result", contact: "c-third") == "verified")
        }
    }
}
