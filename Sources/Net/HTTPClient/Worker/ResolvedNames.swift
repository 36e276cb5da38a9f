import Calling
import Settings

/// The hosts whose addresses libcurl caches, each with the time of its lookup.
///
/// libcurl forgets an address after a minute of a clock that stops while Lambda has frozen the process: hours later it
/// would connect to servers that are long gone. Used on the worker's thread only.
struct ResolvedNames {
    /// libcurl's own default.
    static let lifetime = Duration.seconds(60)

    private var since: [String: Moment] = [:]

    /// Returns false when the host's address must be looked up again, and counts its age from `now` on.
    mutating func isFresh(_ authority: String, _ now: Moment) -> Bool {
        if let start = since[authority], !now.hasPassed(Self.lifetime, since: start) { return true }
        since = since.filter { !now.hasPassed(Self.lifetime, since: $0.value) }
        since[authority] = now
        return false
    }
}
