import LocalServices
import TestSupport
import VoiceAuth
import Testing

@testable import VoiceAuthCheck

/// Opt-outs and deletions: a caller who merely shows a number must not be able to remove a voiceprint.
@Suite(.takingTurns) struct DeletionTests {
    typealias Bench = VoiceCheckFixture

    static let modes = [[:], Bench.callerID]

    @Test(arguments: modes) func `an opt-out deletes the voiceprint, and lasts`(mode: [String: String]) async throws {
        try await Bench.run(mode) { fixture async throws in
            try await fixture.enroll()
            for _ in 0..<2 { #expect(try await fixture.ask("optout") == VoiceOutput.branch(.optedOut)) }
            #expect(await fixture.users.isEmpty)
            #expect(try await fixture.ask("begin", contact: "c2") == VoiceOutput.branch(.optedOut))
            fixture.advance(seconds: 31_536_000)
            #expect(try await fixture.ask("begin", contact: "c2") == VoiceOutput.branch(.optedOut))
            #expect(await fixture.voiceItCalls == ["POST /users", "DELETE /users"])
        }
    }

    @Test func `who has no voiceprint may opt out too`() async throws {
        try await Bench.run { fixture async throws in
            #expect(try await fixture.branch("optout") == "optedout")
            #expect(try await fixture.branch("begin") == "optedout")
            #expect(await fixture.voiceItCalls.isEmpty)
        }
    }

    @Test(arguments: modes)
    func `an enrolled caller's voiceprint is deleted once the contact is verified`(mode: [String: String]) async throws
    {
        try await Bench.run(mode) { fixture async throws in
            try await fixture.enrollVouched()
            #expect(try await fixture.branch("delete", contact: "stranger") == "failedverified")
            #expect(await fixture.users.count == 1)
            let contact = mode.isEmpty ? "enrolling" : "enrolling-third"
            #expect(try await fixture.ask("delete", contact: contact) == VoiceOutput.branch(.deleted))
            #expect(await fixture.users.isEmpty)
            #expect(fixture.aws.items.allSatisfy { $0["id"]?.S?.hasPrefix("identity#") == false })
            #expect(try await fixture.branch("delete", contact: contact) == "deleted")
            #expect(try await fixture.branch("result", contact: contact) == (mode.isEmpty ? "retry" : "failedverified"))
            #expect(try await fixture.branch("begin", contact: "afresh") == "enrollfromscratch")
        }
    }

    @Test(arguments: modes) func `a deletion that the flow allows needs no verification`(mode: [String: String])
        async throws
    {
        try await Bench.run(mode) { fixture async throws in
            try await fixture.enroll()
            #expect(try await fixture.branch("delete", ["enrollmentAllowed": "false"]) == "failedverified")
            #expect(try await fixture.branch("delete", ["enrollmentAllowed": "true"]) == "deleted")
            #expect(await fixture.users.isEmpty)
        }
    }

    @Test func `who is not enrolled needs no verification to be deleted`() async throws {
        try await Bench.run { fixture async throws in
            #expect(try await fixture.branch("delete") == "deleted")
            _ = try await fixture.ask("begin")
            #expect(try await fixture.branch("delete") == "deleted")
            #expect(await fixture.users.isEmpty)
        }
    }

    @Test func `an opt-out ends by an allowed deletion alone`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            _ = try await fixture.ask("optout", contact: "enrolling")
            #expect(try await fixture.branch("delete", contact: "enrolling") == "failedverified")
            #expect(try await fixture.branch("begin", contact: "c2") == "optedout")
            #expect(try await fixture.branch("delete", ["enrollmentAllowed": "true"]) == "deleted")
            #expect(try await fixture.branch("begin", contact: "c2") == "enrollfromscratch")
        }
    }

    @Test func `a deletion leaves the history under a keyed hash`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            _ = try await fixture.ask("delete", ["enrollmentAllowed": "true"])
            let audit = try #require(fixture.aws.items.first { $0["id"]?.S?.hasPrefix("audit#") == true })
            #expect(audit["expiresAt"]?.N != nil)
            #expect(audit["audit"]?.L?.compactMap { $0.M?["event"]?.S }.last == "deleted")
            #expect(fixture.aws.items.allSatisfy { $0["expiresAt"] != nil })
        }
    }

    @Test func `a direct invoke opts a record out and deletes it`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll(["identity": "0035g00000XyZ"])
            let event = try Bench.decode(["phase": "optout", "identity": "0035g00000XyZ"])
            #expect(try await fixture.invoke(event) == VoiceOutput.branch(.optedOut))
            #expect(await fixture.users.isEmpty)
            let deletion = try Bench.decode([
                "phase": "delete", "identity": "0035g00000XyZ", "enrollmentAllowed": "true",
            ])
            #expect(try await fixture.invoke(deletion) == VoiceOutput.branch(.deleted))
        }
    }

    @Test func `a deletion without the identity is about the caller's number, not the record that began`()
        async throws
    {
        try await Bench.run { fixture async throws in
            try await fixture.enrollVouched(contact: "c1", ["identity": "0035g00000XyZ"])
            #expect(try await fixture.branch("result", contact: "c1") == "retry")
            #expect(try await fixture.branch("delete", contact: "c1") == "deleted")
            #expect(await fixture.users.count == 1)
        }
    }
}
