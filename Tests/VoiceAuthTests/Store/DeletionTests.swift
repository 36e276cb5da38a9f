import AWS
import TestSupport
import Testing

@testable import VoiceAuth

/// Deletions that are written down before they are made.
@Suite(.takingTurns) struct DeletionTests {
    private func recording(_ number: Int, since: Int = States.now) -> PendingDeletion {
        PendingDeletion(.recording(sid: "RE\(number)", account: "AC1"), since: since)
    }

    private func notes(_ bench: StoreBench) -> [DynamoDBItem] {
        bench.aws.items.filter { $0["id"]?.S?.hasPrefix("deletions#") == true }
    }

    @Test func `the item is there before the identity lets go of its user, and has no end`() async throws {
        let bench = try StoreBench()
        let place = try await bench.begun()
        for event: VoiceEvent in [
            .optOut(source: ""), .delete(session: nil, contact: nil, isAllowed: true),
        ] {
            let bench = try StoreBench()
            _ = try await bench.begun()
            let before = bench.aws.calls.count
            let decision = try await bench.store.apply(event, to: place.identity, deadline: bench.deadline)
            #expect(decision.userToDelete == "usr_1")
            let writes = bench.aws.calls.dropFirst(before).filter { $0.operation != .getItem }.map(\.body)
            let noted = try #require(writes.firstIndex { $0.contains("\"deletions#") })
            let gone = try #require(
                writes.firstIndex {
                    $0.contains(place.identity) && !$0.contains("\"deletions#") && !$0.contains("audit#")
                })
            #expect(noted < gone)
            #expect(notes(bench).count == 1 && notes(bench).allSatisfy { $0["expiresAt"] == nil })
        }
    }

    @Test func `an item that cannot be written keeps the user`() async throws {
        let bench = try StoreBench()
        let place = try await bench.begun()
        bench.aws.behave { operation, number in
            operation == .putItem && number > 2 ? .refuse(status: 400, code: "Odd") : .normal
        }
        await #expect(throws: AWSError.self) {
            try await bench.store.apply(.optOut(source: ""), to: place.identity, deadline: bench.deadline)
        }
        bench.aws.behave { _, _ in .normal }
        #expect(try await bench.store.hasUser("usr_1", identity: place.identity, deadline: bench.deadline))
    }

    @Test func `what is written down is pending until it is settled, and then leaves no item`() async throws {
        let bench = try StoreBench()
        let all = (0..<40).map { recording($0, since: States.now + 40 - $0) }
        for deletion in all + all.prefix(3) { try await bench.store.note(deletion, deadline: bench.deadline) }
        #expect(try await bench.store.pendingDeletions(deadline: bench.deadline) == all.reversed())
        #expect((2...16).contains(notes(bench).count))
        for deletion in all.dropFirst() { try await bench.store.settle(deletion, deadline: bench.deadline) }
        #expect(try await bench.store.pendingDeletions(deadline: bench.deadline) == [all[0]])
        for deletion in all { try await bench.store.settle(deletion, deadline: bench.deadline) }
        #expect(bench.aws.items.isEmpty)
    }

    @Test func `many that are written down at once are all there`() async throws {
        let bench = try StoreBench()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask { try await bench.store.note(recording(number), deadline: .now + .seconds(20)) }
            }
            try await group.waitForAll()
        }
        #expect(try await bench.store.pendingDeletions(deadline: bench.deadline).count == 40)
    }

    @Test func `a user's are found by its identity`() async throws {
        let bench = try StoreBench()
        let mine = bench.place().identity
        let own = PendingDeletion(.user(id: "usr_1", identity: mine), since: States.now)
        // In the same item.
        let other = PendingDeletion(.user(id: "usr_2", identity: "identity#\(mine.suffix(1))"), since: States.now)
        for deletion in [own, other] { try await bench.store.note(deletion, deadline: bench.deadline) }
        #expect(notes(bench).count == 1)
        #expect(try await bench.store.pendingDeletions(of: mine, deadline: bench.deadline) == [own])
    }

    @Test func `a stale note is dropped, but not once it has been written down again`() async throws {
        let bench = try StoreBench()
        let identity = bench.place().identity
        let stale = PendingDeletion(.user(id: "usr_1", identity: identity), since: States.now)
        let renewed = PendingDeletion(stale.target, since: States.now + 1)
        try await bench.store.note(renewed, deadline: bench.deadline)
        try await bench.store.note(stale, deadline: bench.deadline)
        try await bench.store.drop(stale, deadline: bench.deadline)
        #expect(try await bench.store.pendingDeletions(deadline: bench.deadline) == [renewed])
        try await bench.store.drop(renewed, deadline: bench.deadline)
        #expect(bench.aws.items.isEmpty)
    }

    @Test func `the item holds no number`() async throws {
        let bench = try StoreBench()
        let place = try await bench.begun()
        _ = try await bench.store.apply(.optOut(source: ""), to: place.identity, deadline: bench.deadline)
        #expect(!bench.aws.itemText.contains("5550142"))
        #expect(PendingDeletion(.user(id: "usr_1", identity: place.identity), since: 0).logName == place.identity)
    }
}
