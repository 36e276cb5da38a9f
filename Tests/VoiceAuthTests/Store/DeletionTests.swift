import AWS
import TestSupport
import Testing

@testable import VoiceAuth

/// Deletions that are stored before they are carried out.
@Suite(.takingTurns) struct DeletionTests {
    private func recording(_ number: Int, since: Int = States.now) -> PendingDeletion {
        PendingDeletion(.recording(sid: "RE\(number)", account: "AC1"), since: since)
    }

    private func notes(_ fixture: StoreFixture) -> [DynamoDBItem] {
        fixture.aws.items.filter { $0["id"]?.S?.hasPrefix("deletions#") == true }
    }

    @Test func `the item is there before the identity lets go of its user, and has no end`() async throws {
        let fixture = try StoreFixture()
        let place = try await fixture.begun()
        for event: VoiceEvent in [
            .optOut(contact: ""), .delete(session: nil, contact: nil, isAllowed: true),
        ] {
            let fixture = try StoreFixture()
            _ = try await fixture.begun()
            let before = fixture.aws.calls.count
            let decision = try await fixture.store.apply(event, to: place.identity, deadline: fixture.deadline)
            #expect(decision.userToDelete == "usr_1")
            let writes = fixture.aws.calls.dropFirst(before).filter { $0.operation != .getItem }.map(\.body)
            let noted = try #require(writes.firstIndex { $0.contains("\"deletions#") })
            let gone = try #require(
                writes.firstIndex {
                    $0.contains(place.identity.text) && !$0.contains("\"deletions#") && !$0.contains("audit#")
                })
            #expect(noted < gone)
            #expect(notes(fixture).count == 1 && notes(fixture).allSatisfy { $0["expiresAt"] == nil })
        }
    }

    @Test func `an item that cannot be written keeps the user`() async throws {
        let fixture = try StoreFixture()
        let place = try await fixture.begun()
        fixture.aws.behave { operation, number in
            operation == .putItem && number > 2 ? .refuse(status: 400, code: "Odd") : .normal
        }
        await #expect(throws: VoiceStoreError.self) {
            try await fixture.store.apply(.optOut(contact: ""), to: place.identity, deadline: fixture.deadline)
        }
        fixture.aws.behave { _, _ in .normal }
        #expect(try await fixture.store.hasUser("usr_1", identity: place.identity, deadline: fixture.deadline))
    }

    @Test func `what is written down is pending until it is settled, and then leaves no item`() async throws {
        let fixture = try StoreFixture()
        let all = (0..<40).map { recording($0, since: States.now + 40 - $0) }
        for deletion in all + all.prefix(3) { try await fixture.store.note(deletion, deadline: fixture.deadline) }
        #expect(try await fixture.store.pendingDeletions(deadline: fixture.deadline) == all.reversed())
        #expect((2...16).contains(notes(fixture).count))
        for deletion in all.dropFirst() { try await fixture.store.settle(deletion, deadline: fixture.deadline) }
        #expect(try await fixture.store.pendingDeletions(deadline: fixture.deadline) == [all[0]])
        for deletion in all { try await fixture.store.settle(deletion, deadline: fixture.deadline) }
        #expect(fixture.aws.items.isEmpty)
    }

    @Test func `many that are written down at once are all there`() async throws {
        let fixture = try StoreFixture()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask { try await fixture.store.note(recording(number), deadline: .now + .seconds(20)) }
            }
            try await group.waitForAll()
        }
        #expect(try await fixture.store.pendingDeletions(deadline: fixture.deadline).count == 40)
    }

    @Test func `a user's are found by its identity`() async throws {
        let fixture = try StoreFixture()
        let mine = fixture.place().identity
        let own = PendingDeletion(.user(id: "usr_1", identity: mine), since: States.now)
        // In the same item.
        let other = PendingDeletion(.user(id: "usr_2", identity: "identity#\(mine.text.suffix(1))"), since: States.now)
        for deletion in [own, other] { try await fixture.store.note(deletion, deadline: fixture.deadline) }
        #expect(notes(fixture).count == 1)
        #expect(try await fixture.store.pendingDeletions(of: mine, deadline: fixture.deadline) == [own])
    }

    @Test func `a stale note is dropped, but not once it has been written down again`() async throws {
        let fixture = try StoreFixture()
        let identity = fixture.place().identity
        let stale = PendingDeletion(.user(id: "usr_1", identity: identity), since: States.now)
        let renewed = PendingDeletion(stale.target, since: States.now + 1)
        try await fixture.store.note(renewed, deadline: fixture.deadline)
        try await fixture.store.note(stale, deadline: fixture.deadline)
        try await fixture.store.drop(stale, deadline: fixture.deadline)
        #expect(try await fixture.store.pendingDeletions(deadline: fixture.deadline) == [renewed])
        try await fixture.store.drop(renewed, deadline: fixture.deadline)
        #expect(fixture.aws.items.isEmpty)
    }

    @Test func `the item holds no number`() async throws {
        let fixture = try StoreFixture()
        let place = try await fixture.begun()
        _ = try await fixture.store.apply(.optOut(contact: ""), to: place.identity, deadline: fixture.deadline)
        #expect(!fixture.aws.itemText.contains("5550142"))
        #expect(PendingDeletion(.user(id: "usr_1", identity: place.identity), since: 0).logName == place.identity.text)
    }
}
