import Calling
import LocalServices
import TestSupport
import Testing

@testable import VoiceAuth
@testable import VoiceAuthCheck

/// A VoiceIt that does not delete: no deletion is lost.
@Suite(.takingTurns) struct PendingDeletionTests {
    typealias Bench = VoiceCheckFixture

    /// Makes VoiceIt refuse to delete, for a few calls.
    private func refuse(_ fixture: Bench, times: Int = 1) async {
        await fixture.voiceIt.account.misbehave(.code("GERR", status: 400), times: times, path: "/users/")
    }

    @Test func `an opt-out is one at once, and the sweep deletes`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            await refuse(fixture)
            #expect(try await fixture.ask("optout") == .branch(.optedOut))
            #expect(await fixture.users.count == 1)
            #expect(fixture.notes.count == 1 && fixture.notes.allSatisfy { $0["expiresAt"] == nil })
            #expect(try await fixture.ask("optout") == .branch(.optedOut))
            #expect(try await fixture.ask("begin", contact: "c2") == .branch(.optedOut))
            #expect(try await fixture.sweep() == .swept(pending: 0))
            #expect(await fixture.users.isEmpty)
            #expect(fixture.notes.isEmpty)
            #expect(try await fixture.ask("begin", contact: "c2") == .branch(.optedOut))
        }
    }

    @Test func `a delete is unavailable, the next begin starts from scratch, and a retry tries again`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            let old = try #require(await fixture.users.first)
            await refuse(fixture, times: 2)
            for _ in 0..<2 { #expect(try await fixture.branch("delete", Bench.allowed) == "unavailable") }
            #expect(await fixture.users == [old] && fixture.notes.count == 1)
            #expect(try await fixture.branch("begin", contact: "c2") == "enrollfromscratch")
            #expect(await fixture.users.count == 2)
            #expect(try await fixture.branch("delete", Bench.allowed) == "deleted")
            #expect(await fixture.users.isEmpty && fixture.notes.isEmpty)
        }
    }

    @Test func `a sweep finishes a delete and leaves the user that came after it`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            let old = try #require(await fixture.users.first)
            await refuse(fixture)
            #expect(try await fixture.branch("delete", Bench.allowed) == "unavailable")
            #expect(try await fixture.branch("begin", contact: "c2") == "enrollfromscratch")
            #expect(try await fixture.sweep() == .swept(pending: 0))
            #expect(await fixture.users.count == 1)
            #expect(await !fixture.users.contains(old))
        }
    }

    @Test func `a user that VoiceIt does not know is gone`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            await fixture.voiceIt.account.misbehave(.code("UNFD", status: 404), path: "/users/")
            #expect(try await fixture.branch("delete", Bench.allowed) == "deleted")
            #expect(fixture.notes.isEmpty)
        }
    }

    @Test(arguments: ["optout", "delete"])
    func `a deletion that fails is one line with the identity's hash`(phase: String) async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            await refuse(fixture)
            _ = try await fixture.ask(phase, Bench.allowed)
            let lines = fixture.warnings.filter { $0.contains("identity#") }
            #expect(lines.count == 1)
            for text in ["usr_", "5550142"] { #expect(!fixture.log.contains(text)) }
        }
    }

    @Test(arguments: ["optout", "delete"])
    func `a VoiceIt that hangs is waited for no longer than the flow waits`(phase: String) async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            await fixture.voiceIt.account.misbehave(.slow(milliseconds: 5000), path: "/users/")
            let start = ContinuousClock.now
            #expect(try await fixture.branch(phase, Bench.allowed) == (phase == "optout" ? "optedout" : "unavailable"))
            #expect(ContinuousClock.now - start < .seconds(3))
            #expect(fixture.notes.count == 1)
        }
    }

    @Test func `a note whose identity still has its user is dropped after a minute, and the user stays`() async throws {
        try await Bench.run { fixture async throws in
            try await fixture.enroll()
            let user = try #require(await fixture.users.first)
            let identity = try #require(
                fixture.aws.items.compactMap { $0["id"]?.S }.first { $0.hasPrefix("identity#") })
            try await fixture.store.note(
                PendingDeletion(.user(id: user, identity: IdentityKey(identity)), since: fixture.store.timing.now()),
                deadline: fixture.deadline)
            fixture.advance(seconds: 59.9)
            #expect(try await fixture.sweep() == .swept(pending: 1))
            fixture.advance(seconds: 0.1)
            #expect(try await fixture.sweep() == .swept(pending: 0))
            #expect(await fixture.users == [user])
        }
    }

    @Test func `a user that was never written down is swept`() async throws {
        try await Bench.run { fixture async throws in
            // The claim is written; the user is not, and its pending deletion is.
            fixture.aws.behave { operation, number in
                operation == .putItem && (2...3).contains(number) ? .refuse(status: 400, code: "Odd") : .normal
            }
            #expect(try await fixture.ask("begin") == .branch(.unavailable))
            fixture.aws.behave { _, _ in .normal }
            #expect(await fixture.users.count == 1)
            #expect(try await fixture.sweep() == .swept(pending: 0))
            #expect(await fixture.users.isEmpty)
            #expect(try await fixture.branch("begin") == "enrollfromscratch")
        }
    }
}
