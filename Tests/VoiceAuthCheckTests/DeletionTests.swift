import LocalServices
import TestSupport
import VoiceAuth
import Testing

@testable import VoiceAuthCheck

/// Opt-outs and deletions: whoever merely shows a number must not get a voiceprint out of the way.
@Suite(.takingTurns) struct DeletionTests {
    typealias Bench = VoiceCheckBench

    static let modes = [[:], Bench.callerID]

    @Test(arguments: modes) func `an opt-out deletes the voiceprint, and lasts`(mode: [String: String]) async throws {
        try await Bench.run(mode) { bench async throws in
            try await bench.enroll()
            for _ in 0..<2 { #expect(try await bench.ask("optout") == VoiceOutput.branch(.optedOut)) }
            #expect(await bench.users.isEmpty)
            #expect(try await bench.ask("begin", contact: "c2") == VoiceOutput.branch(.optedOut))
            bench.advance(seconds: 31_536_000)
            #expect(try await bench.ask("begin", contact: "c2") == VoiceOutput.branch(.optedOut))
            #expect(await bench.voiceItCalls == ["POST /users", "DELETE /users"])
        }
    }

    @Test func `who has no voiceprint may opt out too`() async throws {
        try await Bench.run { bench async throws in
            #expect(try await bench.branch("optout") == "optedout")
            #expect(try await bench.branch("begin") == "optedout")
            #expect(await bench.voiceItCalls.isEmpty)
        }
    }

    @Test(arguments: modes)
    func `an enrolled caller's voiceprint is deleted once the contact is verified`(mode: [String: String]) async throws
    {
        try await Bench.run(mode) { bench async throws in
            try await bench.enrollVouched()
            #expect(try await bench.branch("delete", contact: "stranger") == "failedverified")
            #expect(await bench.users.count == 1)
            let contact = mode.isEmpty ? "enrolling" : "enrolling-third"
            #expect(try await bench.ask("delete", contact: contact) == VoiceOutput.branch(.deleted))
            #expect(await bench.users.isEmpty)
            #expect(bench.aws.items.allSatisfy { $0["id"]?.S?.hasPrefix("identity#") == false })
            #expect(try await bench.branch("delete", contact: contact) == "deleted")
            #expect(try await bench.branch("result", contact: contact) == (mode.isEmpty ? "retry" : "failedverified"))
            #expect(try await bench.branch("begin", contact: "afresh") == "enrollfromscratch")
        }
    }

    @Test(arguments: modes) func `a deletion that the flow allows needs no verification`(mode: [String: String])
        async throws
    {
        try await Bench.run(mode) { bench async throws in
            try await bench.enroll()
            #expect(try await bench.branch("delete", ["enrollmentAllowed": "false"]) == "failedverified")
            #expect(try await bench.branch("delete", ["enrollmentAllowed": "true"]) == "deleted")
            #expect(await bench.users.isEmpty)
        }
    }

    @Test func `who is not enrolled needs no verification to be deleted`() async throws {
        try await Bench.run { bench async throws in
            #expect(try await bench.branch("delete") == "deleted")
            _ = try await bench.ask("begin")
            #expect(try await bench.branch("delete") == "deleted")
            #expect(await bench.users.isEmpty)
        }
    }

    @Test func `an opt-out ends by an allowed deletion alone`() async throws {
        try await Bench.run { bench async throws in
            try await bench.enroll()
            _ = try await bench.ask("optout", contact: "enrolling")
            #expect(try await bench.branch("delete", contact: "enrolling") == "failedverified")
            #expect(try await bench.branch("begin", contact: "c2") == "optedout")
            #expect(try await bench.branch("delete", ["enrollmentAllowed": "true"]) == "deleted")
            #expect(try await bench.branch("begin", contact: "c2") == "enrollfromscratch")
        }
    }

    @Test func `a deletion leaves the history under a keyed hash`() async throws {
        try await Bench.run { bench async throws in
            try await bench.enroll()
            _ = try await bench.ask("delete", ["enrollmentAllowed": "true"])
            let audit = try #require(bench.aws.items.first { $0["id"]?.S?.hasPrefix("audit#") == true })
            #expect(audit["expiresAt"]?.N != nil)
            #expect(audit["audit"]?.L?.compactMap { $0.M?["event"]?.S }.last == "deleted")
            #expect(bench.aws.items.allSatisfy { $0["expiresAt"] != nil })
        }
    }

    @Test func `a direct invoke opts a record out and deletes it`() async throws {
        try await Bench.run { bench async throws in
            try await bench.enroll(["identity": "0035g00000XyZ"])
            let event = try Bench.decode(["phase": "optout", "identity": "0035g00000XyZ"])
            #expect(try await bench.invoke(event) == VoiceOutput.branch(.optedOut))
            #expect(await bench.users.isEmpty)
            let deletion = try Bench.decode([
                "phase": "delete", "identity": "0035g00000XyZ", "enrollmentAllowed": "true",
            ])
            #expect(try await bench.invoke(deletion) == VoiceOutput.branch(.deleted))
        }
    }

    @Test func `a deletion without the identity is about the caller's number, not the record that began`()
        async throws
    {
        try await Bench.run { bench async throws in
            try await bench.enrollVouched(contact: "c1", ["identity": "0035g00000XyZ"])
            #expect(try await bench.branch("result", contact: "c1") == "retry")
            #expect(try await bench.branch("delete", contact: "c1") == "deleted")
            #expect(await bench.users.count == 1)
        }
    }
}
