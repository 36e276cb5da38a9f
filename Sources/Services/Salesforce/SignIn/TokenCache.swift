import AWS
import Calling
import Crypto
import Synchronization

/// The sessions of this warm process, by a keyed hash of the credentials that opened them.
///
/// Neither a name nor a password is stored: the key of the hash is random and known to this process alone, and two
/// hashes are compared in constant time. At most `capacity` sessions are held, the least recently used is removed
/// first, and none is used longer than `lifetime`, so that a changed password soon ends the sessions of an old one.
final class TokenCache: Sendable {
    static let capacity = 64
    static let lifetime = Duration.seconds(900)

    private struct Entry {
        let digest: [UInt8]
        let session: SalesforceSession
        let since: Moment
    }

    private let key: [UInt8]
    /// The most recently used is last.
    private let entries = Mutex<[Entry]>([])

    init() {
        var generator = SystemRandomNumberGenerator()
        key = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    var count: Int { entries.withLock(\.count) }

    /// Returns the hash of credentials; parts of other lengths hash differently.
    func digest(of parts: [String]) -> [UInt8] {
        SHA256.authenticationCode(ofParts: parts, key: key)
    }

    func session(for digest: [UInt8], now: Moment) -> SalesforceSession? {
        entries.withLock { entries in
            entries.removeAll { now.hasPassed(Self.lifetime, since: $0.since) }
            guard let index = Self.index(of: digest, in: entries) else { return nil }
            let entry = entries.remove(at: index)
            entries.append(entry)
            return entry.session
        }
    }

    func keep(_ session: SalesforceSession, for digest: [UInt8], now: Moment) {
        entries.withLock { entries in
            if let index = Self.index(of: digest, in: entries) { entries.remove(at: index) }
            if entries.count >= Self.capacity { entries.removeFirst() }
            entries.append(Entry(digest: digest, session: session, since: now))
        }
    }

    /// Removes a session that Salesforce refused, unless another has replaced it.
    func forget(_ session: SalesforceSession, for digest: [UInt8]) {
        entries.withLock { entries in
            if let index = Self.index(of: digest, in: entries), entries[index].session.isSame(as: session) {
                entries.remove(at: index)
            }
        }
    }

    /// Looks at every entry, and at all of its bytes.
    private static func index(of digest: [UInt8], in entries: [Entry]) -> Int? {
        var found: Int?
        for (index, entry) in entries.enumerated()
        where ConstantTime.isSame(entry.digest, digest) {
            found = index
        }
        return found
    }
}
