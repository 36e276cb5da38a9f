import Foundation

/// How often Twilio repeats a webhook, and after what: the fragment of its URL, which is not part of what is signed.
///
/// "Webhooks (HTTP callbacks): Connection Overrides" in Twilio's documentation.
struct WebhookPolicy: Equatable {
    /// What became of a try.
    enum Failure: Error, Equatable {
        /// No connection came about (`ct`).
        case connection
        /// No answer came in time (`rt`).
        case silence
    }

    /// Milliseconds that all tries may take.
    static let limit = 15_000

    /// `rc`: from 0 to 5.
    private(set) var repeats = 1
    /// `rp`: some of `4xx`, `5xx`, `ct`, `rt`, `all`.
    private(set) var reasons: Set<String> = ["ct"]

    /// Reads a fragment such as `rc=2&rp=ct,5xx`; what Twilio does not know in it is as if it were not there.
    init(fragment: String?) {
        for pair in (fragment ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            if parts[0] == "rc", let count = Int(parts[1]), (0...5).contains(count) { repeats = count }
            if parts[0] == "rp" {
                let known = Set(parts[1].split(separator: ",").map(String.init)).intersection(Self.known)
                if !known.isEmpty { reasons = known }
            }
        }
    }

    private static let known: Set<String> = ["4xx", "5xx", "ct", "rt", "all"]

    func isRepeated(_ status: Int) -> Bool {
        switch status {
        case 400..<500: isRepeated("4xx")
        case 500..<600: isRepeated("5xx")
        default: false
        }
    }

    func isRepeated(_ failure: Failure) -> Bool {
        isRepeated(failure == .connection ? "ct" : "rt")
    }

    private func isRepeated(_ reason: String) -> Bool {
        reasons.contains(reason) || reasons.contains("all")
    }
}
