package import AWS
package import Calling

/// The store of identities: reads one from the table, has the machine decide, and writes the result.
///
/// Each write is conditional on the version read. A lost race is decided again on what the winner wrote, until the
/// deadline. Every method throws a `VoiceStoreError`, and nothing that happened is lost by asking again.
package struct VoiceStore: Sendable {
    package let machine: VoiceMachine
    package let hash: VoiceHash
    package let timing: CallTiming
    let table: VoiceTable

    package var rules: VoiceRules { machine.rules }

    private static let longestPause = Duration.milliseconds(100)

    package init(
        rules: VoiceRules, hash: VoiceHash, table: String, client: DynamoDBClient, timing: CallTiming = CallTiming()
    ) {
        machine = VoiceMachine(rules: rules)
        self.hash = hash
        self.timing = timing
        self.table = VoiceTable(name: table, client: client, timing: timing)
    }

    /// Applies an event to the identity under that key, which `VoiceHash.identity` has returned.
    ///
    /// A VoiceIt user that the decision gives up is stored as a `PendingDeletion` before: delete it, and `settle` that.
    package func apply(
        _ event: VoiceEvent, to identity: IdentityKey, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> VoiceDecision {
        var noted: PendingDeletion?
        let decision: VoiceDecision = try await change(identity.text, deadline: deadline) {
            item throws(VoiceStoreError) in
            let before = item.map(VoiceIdentity.init)
            var decision = machine.decide(event, on: before, at: timing.now(), random: timing.random())
            decision.key = identity
            if !decision.archive.isEmpty {
                try await archive(decision.archive, of: identity, deadline: deadline)
            }
            if let deletion = decision.deletion(since: timing.now()), deletion.target != noted?.target {
                try await note(deletion, deadline: deadline)
                noted = deletion
            }
            return (decision, decision.identity == before ? .keep : .put(decision.identity?.attributes))
        }
        // The race was lost to an invocation that has already given up the user: the sweep sees that the deletion is
        // stale.
        return decision
    }

    /// The change of an item.
    enum Change {
        case keep
        /// The new item; nil deletes it.
        case put(Item?)
    }

    /// Reads an item, decides and writes, repeatedly until no other writer has been quicker.
    func change<Result>(
        _ id: String, deadline: ContinuousClock.Instant,
        _ decide: (Item?) async throws(VoiceStoreError) -> (Result, Change)
    ) async throws(VoiceStoreError) -> Result {
        var stored = try await table.read(id, deadline: deadline)
        var pause = Duration.milliseconds(2)
        while true {
            let (result, change) = try await decide(stored.item)
            guard case .put(let item) = change else { return result }
            switch try await table.write(id, item, over: stored, deadline: deadline) {
            case .written: return result
            case .overtaken(let winner): stored = winner
            }
            // Spread by chance, so that many losers do not meet again.
            let wait = pause * Int(timing.random() % 1000) / 1000
            guard timing.instant() + wait < deadline, (try? await timing.sleep(wait)) != nil else {
                throw .overtaken
            }
            pause = min(pause * 2, Self.longestPause)
        }
    }

    /// Stores entries of a history in an item of their own; the same ones again in the same item.
    private func archive(
        _ entries: [AuditEntry], of identity: IdentityKey, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) {
        let name = identity.text.split(separator: "#").last ?? ""
        let item: Item = [
            "identity": .string(identity.text), "audit": .list(entries.map { .map($0.attributes) }),
            "expiresAt": .number(timing.expiry(after: AuditEntry.retentionSeconds)),
        ]
        try await table.put("audit#\(name)#\(entries.first?.at ?? 0)", item, deadline: deadline)
    }
}

extension VoiceDecision {
    /// Returns the deletion of the user that the identity no longer has; nil when it keeps its user.
    package func deletion(since: Int) -> PendingDeletion? {
        guard let userToDelete, let key else { return nil }
        return PendingDeletion(.user(id: userToDelete, identity: key), since: since)
    }
}
