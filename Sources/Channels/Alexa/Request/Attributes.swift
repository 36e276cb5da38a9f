package import JSON
import Synchronization

/// What a skill remembers: for the request, for the session, and for good.
package final class Attributes: Sendable {
    private struct State {
        var request: [String: JSONValue] = [:]
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

    /// Shared by interceptors and handlers, and gone with the request.
    package subscript(request name: String) -> JSONValue? {
        get { state.withLock { $0.request[name] } }
        set { state.withLock { $0.request[name] = newValue } }
    }

    /// What the session carries under a name; nil without a session.
    package subscript(session name: String) -> JSONValue? {
        state.withLock { $0.session?[name] }
    }

    /// Changes what the session carries; nil takes it away.
    ///
    /// Throws `SkillError.noSession` for a request that has none, such as the audio player's.
    package func setSession(_ name: String, _ value: JSONValue?) throws(SkillError) {
        let hasSession = state.withLock { state in
            state.session?[name] = value
            return state.session != nil
        }
        guard hasSession else { throw .noSession }
    }

    /// Everything the session carries; nil without a session.
    package var session: [String: JSONValue]? { state.withLock(\.session) }

    /// What is kept of the user, read from the store the first time; empty without a store or a user.
    ///
    /// Throws what the store throws.
    package func persistent() async throws -> [String: JSONValue] {
        if let known = state.withLock(\.persistent) { return known }
        guard let store, let id else { return [:] }
        let read = try await store.attributes(of: id, deadline: deadline)
        return state.withLock { state in
            state.persistent = state.persistent ?? read
            return state.persistent ?? [:]
        }
    }

    /// Changes what is kept; it is saved once the request is answered, also by an error handler.
    ///
    /// Read `persistent()` first and change what that returned: the whole item is written.
    package func setPersistent(_ attributes: [String: JSONValue]) {
        state.withLock { state in
            state.isChanged = state.isChanged || state.persistent != attributes
            state.persistent = attributes
        }
    }

    /// Writes what has changed, for a handler that must know whether it is kept; what fails is not tried again.
    ///
    /// Throws what the store throws.
    package func save() async throws {
        let changed = state.withLock { state in
            defer { state.isChanged = false }
            return state.isChanged ? state.persistent : nil
        }
        guard let changed, let store, let id else { return }
        try await store.save(changed, of: id, deadline: deadline)
    }
}
