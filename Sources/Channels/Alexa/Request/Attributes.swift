package import JSON
import Synchronization

/// The attributes of a skill: of the session, and persistent ones.
package final class Attributes: Sendable {
    private struct State {
        var session: [String: JSONValue]?
        var persistent: [String: JSONValue]?
        var isChanged = false
    }

    private let state: Mutex<State>
    private let store: (any AttributeStore)?
    private let id: String?
    private let deadline: ContinuousClock.Instant

    init(_ envelope: RequestEnvelope, store: (any AttributeStore)?, deadline: ContinuousClock.Instant) {
        var state = State()
        state.session = envelope.session?.attributes
        self.state = Mutex(state)
        self.store = store
        self.deadline = deadline
        id = store.flatMap { $0.key(envelope) }
    }

    /// The session attribute of a name; nil without a session.
    package subscript(session name: String) -> JSONValue? {
        state.withLock { $0.session?[name] }
    }

    /// Sets a session attribute; nil removes it.
    ///
    /// Throws `SkillError.noSession` for a request that has none, such as the audio player's.
    package func setSession(_ name: String, _ value: JSONValue?) throws(SkillError) {
        let hasSession = state.withLock { state in
            state.session?[name] = value
            return state.session != nil
        }
        guard hasSession else { throw .noSession }
    }

    /// All session attributes; nil without a session.
    package var session: [String: JSONValue]? { state.withLock(\.session) }

    /// Returns the user's persistent attributes, read from the store the first time; empty without a store or a user.
    ///
    /// Rethrows the store's errors.
    package func persistent() async throws -> [String: JSONValue] {
        if let known = state.withLock(\.persistent) { return known }
        guard let store, let id else { return [:] }
        let read = try await store.attributes(of: id, deadline: deadline)
        return state.withLock { state in
            state.persistent = state.persistent ?? read
            return state.persistent ?? [:]
        }
    }

    /// Replaces the persistent attributes; they are saved once the request has its response, also by an error handler.
    ///
    /// Read `persistent()` first and change its result: the whole item is written.
    package func setPersistent(_ attributes: [String: JSONValue]) {
        state.withLock { state in
            state.isChanged = state.isChanged || state.persistent != attributes
            state.persistent = attributes
        }
    }

    /// Saves changed attributes, for a handler that must know whether they were stored; a failed save is not retried.
    ///
    /// Rethrows the store's errors.
    package func save() async throws {
        let changed = state.withLock { state in
            defer { state.isChanged = false }
            return state.isChanged ? state.persistent : nil
        }
        guard let changed, let store, let id else { return }
        try await store.save(changed, of: id, deadline: deadline)
    }
}
