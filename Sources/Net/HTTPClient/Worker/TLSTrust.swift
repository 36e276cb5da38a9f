import CCurl
import Calling
import Crypto

/// The certificates that TLS trusts, for the contexts that libcurl makes: one store for all connections.
///
/// Used on the worker's thread only.
final class TLSTrust {
    /// The age at which the bundle is read again, which is libcurl's own.
    static let lifetime = Duration.seconds(86_400)

    private let now: @Sendable () -> Moment
    private var store: (path: String, since: Moment, store: CAStore)?
    /// The file for the next connection.
    var path: String?

    init(now: @escaping @Sendable () -> Moment) {
        self.now = now
    }

    /// True when the file's store serves new connections, so that the file is not looked at.
    func isRead(_ now: Moment) -> Bool {
        guard let store, store.path == path else { return false }
        return !now.hasPassed(Self.lifetime, since: store.since)
    }

    /// Has a TLS context (`SSL_CTX`) trust the bundle and nothing else.
    func apply(to context: UnsafeMutableRawPointer) -> CURLcode {
        guard let path, let store = store(of: path), store.trust(in: context) else { return CURLE_SSL_CACERT_BADFILE }
        return CURLE_OK
    }

    private func store(of path: String) -> CAStore? {
        let now = now()
        if isRead(now), let store { return store.store }
        guard let made = CAStore(CABundle(path: path), partialChains: true) else { return nil }
        store = (path, now, made)
        return made
    }
}
