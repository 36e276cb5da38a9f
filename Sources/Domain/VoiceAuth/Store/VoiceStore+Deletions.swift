import AWS

/// Unconfirmed deletions, in 16 items under fixed keys: the table has the key `id` alone, and a scan of it would read
/// everyone.
///
/// Each item, `deletions#0` to `deletions#f`, maps names to entries, and has no `expiresAt`.
extension VoiceStore {
    private static let shards = Array("0123456789abcdef")

    /// Stores the deletion; repeating it stores one, with the later time.
    ///
    /// A note that somebody wrote who never let go of the user would else be as old as it is, and a sweep drop it while this
    /// one is about to.
    package func note(_ deletion: PendingDeletion, deadline: ContinuousClock.Instant) async throws(VoiceStoreError) {
        try await change(shard(of: deletion.target), deadline: deadline) { item -> (Void, Change) in
            var entries = item?["entries"]?.map ?? [:]
            let since = entries[deletion.name]?.map.flatMap(PendingDeletion.init)?.since
            guard since ?? .min < deletion.since else { return ((), .keep) }
            entries[deletion.name] = .map(deletion.attributes)
            return ((), .put(["entries": .map(entries)]))
        }
    }

    /// Forgets a deletion that has been confirmed.
    package func settle(_ deletion: PendingDeletion, deadline: ContinuousClock.Instant) async throws(VoiceStoreError) {
        try await forget(deletion, deadline: deadline) { _ in true }
    }

    /// Forgets a deletion that nobody is to make, unless it has been written down again since it was read.
    package func drop(_ deletion: PendingDeletion, deadline: ContinuousClock.Instant) async throws(VoiceStoreError) {
        try await forget(deletion, deadline: deadline) { $0.map.flatMap(PendingDeletion.init) == deletion }
    }

    private func forget(
        _ deletion: PendingDeletion, deadline: ContinuousClock.Instant, if isMeant: (AttributeValue) -> Bool
    ) async throws(VoiceStoreError) {
        try await change(shard(of: deletion.target), deadline: deadline) { item -> (Void, Change) in
            guard var entries = item?["entries"]?.map, let entry = entries[deletion.name], isMeant(entry) else {
                return ((), .keep)
            }
            entries[deletion.name] = nil
            return ((), .put(entries.isEmpty ? nil : ["entries": .map(entries)]))
        }
    }

    /// Returns every deletion that is not confirmed, the oldest first.
    package func pendingDeletions(deadline: ContinuousClock.Instant) async throws(VoiceStoreError) -> [PendingDeletion]
    {
        var deletions: [PendingDeletion] = []
        for shard in Self.shards { deletions += try await entries("deletions#\(shard)", deadline: deadline) }
        return deletions.sorted { ($0.since, $0.name) < ($1.since, $1.name) }
    }

    /// Returns the deletions of an identity's VoiceIt users that are not confirmed.
    package func pendingDeletions(
        of identity: IdentityKey, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> [PendingDeletion] {
        try await entries(shard(named: identity.text), deadline: deadline).filter { deletion in
            if case .user(_, let owner) = deletion.target { owner == identity } else { false }
        }
    }

    /// Returns true when the identity still has that VoiceIt user, or never gave it up.
    package func hasUser(
        _ user: String, identity: IdentityKey, deadline: ContinuousClock.Instant
    ) async throws(VoiceStoreError) -> Bool {
        try await table.read(identity.text, deadline: deadline).item?["userId"]?.string == user
    }

    private func entries(_ id: String, deadline: ContinuousClock.Instant) async throws(VoiceStoreError)
        -> [PendingDeletion]
    {
        let item = try await table.read(id, deadline: deadline).item
        return (item?["entries"]?.map ?? [:]).values.compactMap { $0.map.flatMap(PendingDeletion.init) }
    }

    /// Returns the item of a target: a user's is its identity's, so that a retry finds it.
    private func shard(of target: PendingDeletion.Target) -> String {
        switch target {
        case .recording(let sid, _): shard(named: hash.recording(sid).text)
        case .user(_, let identity): shard(named: identity.text)
        }
    }

    /// Returns the item by the last digit of a hash.
    private func shard(named hash: String) -> String { "deletions#\(hash.last ?? "0")" }
}
