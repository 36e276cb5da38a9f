package import JSON

/// The store of persistent attributes; the function does the I/O.
package protocol AttributeStore: Sendable {
    /// Under what an envelope's attributes are kept; nil when it does not say.
    func key(_ envelope: RequestEnvelope) -> String?
    /// The attributes under a key, empty when there are none; read consistently.
    func attributes(of key: String, deadline: ContinuousClock.Instant) async throws -> [String: JSONValue]
    /// Puts the attributes in the place of all that is there.
    func save(
        _ attributes: [String: JSONValue], of key: String, deadline: ContinuousClock.Instant
    ) async throws
}

extension AttributeStore {
    /// The user's id, as the ASK SDKs have it.
    package func key(_ envelope: RequestEnvelope) -> String? { envelope.user.id }
}
