import LocalServices
import TestSupport
import Testing
import VoiceAuth

@testable import VoiceAuthCheck

/// A VoiceIt that does not delete: nothing is forgotten.
@Suite(.takingTurns) struct PendingDeletionTests {
    typealias Bench = VoiceCheckBench

    /// Lets VoiceIt refuse to delete, for a few calls.
    private func refuse(_ bench: Bench, times: Int = 1) async {
        await bench.voiceIt.account.misbehave(.code("GERR", status: 400), times: times, path: "/users/")
    }

    @Test func `an opt-out is one at once, and the sweep deletes`() async throws {
        try await Bench.run { bench async throws in
            try await bench.enroll()
            await refuse(bench)
            #expect(try await bench.ask("optout") == .branch(.optedOut))
            #expect(await bench.users.count == 1)
            #expect(bench.notes.count == 1 && bench.notes.allSatisfy { $0["expiresAt"] == nil })
            #expect(try await bench.ask("optout") == .branch(.optedOut))
            #expect(try await bench.ask("begin", contact: "c2") == .branch(.optedOut))
            #expect(try await bench.sweep() == .swept(pending: 0))
            #expect(await bench.users.isEmpty)
            #expect(bench.notes.isEmpty)
            #expect(try await bench.ask("begin", contact: "c2") == .branch(.optedOut))
        }
    }

    @Test func `a delete is unavailable, the next begin starts from scratch, and a retry tries again`() async throws {
        try await Bench.run { bench async throws in
            try await bench.enroll()
            let old = try #require(await bench.users.first)
            await refuse(bench, times: 2)
            for _ in 0..<2 { #expect(try await bench.branch("delete", Bench.allowed) == "unavailable") }
            #expect(await bench.users == [old] && bench.notes.count == 1)
            #expect(try await bench.branch("begin", contact: "c2") == "enrollfromscratch")
            #expect(await bench.users.count == 2)
            #expect(try await bench.branch("delete", Bench.allowed) == "deleted")
            #expect(await bench.users.isEmpty && bench.notes.isEmpty)
        }
    }

    @Test func `a sweep finishes a delete and leaves the user that came after it`() async throws {
        try await Bench.run { bench async throws in
            try await bench.enroll()
            let old = try #require(await bench.users.first)
            await refuse(bench)
            #expect(try await bench.branch("delete", Bench.allowed) == "unavailable")
            #expect(try await bench.branch("begin", contact: "c2") == "enrollfromscratch")
            #expect(try await bench.sweep() == .swept(pending: 0))
            #expect(await bench.users.count == 1)
            #expect(await !bench.users.contains(old))
        }
    }

    @Test func `a user that VoiceIt does not know is gone`() async throws {
        try await Bench.run { bench async throws in
            try await bench.enroll()
            await bench.voiceIt.account.misbehave(.code("UNFD", status: 404), path: "/users/")
            #expect(try await bench.branch("delete", Bench.allowed) == "deleted")
            #expect(bench.notes.isEmpty)
        }
    }

    @Test(arguments: ["optout", "delete"])
    func `a deletion that fails is one line with the identity's hash`(phase: String) async throws {
        try await Bench.run { bench async throws in
            try await bench.enroll()
            await refuse(bench)
            _ = try await bench.ask(phase, Bench.allowed)
            let lines = bench.warnings.filter { $0.contains("identity#") }
            #expect(lines.count == 1)
            for text in ["usr_", "5550142"] { #expect(!bench.log.contains(text)) }
        }
    }

    @Test(arguments: ["optout", "delete"])
    func `a VoiceIt that hangs is waited for no longer than the flow waits`(phase: String) async throws {
        try await Bench.run { bench async throws in
            try await bench.enroll()
            await bench.voiceIt.account.misbehave(.slow(milliseconds: 5000), path: "/users/")
            let start = ContinuousClock.now
            #expect(try await bench.branch(phase, Bench.allowed) == (phase == "optout" ? "optedout" : "unavailable"))
            #expect(ContinuousClock.now - start < .seconds(3))
            #expect(bench.notes.count == 1)
        }
    }

    @Test func `a note whose identity still has its user is dropped after a minute, and the user stays`() async throws {
        try await Bench.run { bench async throws in
            try await bench.enroll()
            let user = try #require(await bench.users.first)
            let identity = try #require(bench.aws.items.compactMap { $0["id"]?.S }.first { $0.hasPrefix("identity#") })
            try await bench.store.note(
                PendingDeletion(.user(id: user, identity: identity), since: bench.store.timing.now()),
                deadline: bench.deadline)
            bench.advance(seconds: 59.9)
            #expect(try await bench.sweep() == .swept(pending: 1))
            bench.advance(seconds: 0.1)
            #expect(try await bench.sweep() == .swept(pending: 0))
            #expect(await bench.users == [user])
        }
    }

    @Test func `a user that was never written down is swept`() async throws {
        try await Bench.run { bench async throws in
            // The claim is written; the user is not, and its note is.
            bench.aws.behave { operation, number in
                operation == .putItem && (2...3).contains(number) ? .refuse(status: 400, code: "Odd") : .normal
            }
            #expect(try await bench.ask("begin") == .branch(.unavailable))
            bench.aws.behave { _, _ in .normal }
            #expect(await bench.users.count == 1)
            #expect(try await bench.sweep() == .swept(pending: 0))
            #expect(await bench.users.isEmpty)
            #expect(try await bench.branch("begin") == "enrollfromscratch")
        }
    }
}
