import Foundation

/// The rules for repeating a webhook: the fragment of its URL, which is not part of the signed string.
///
/// "Webhooks (HTTP callbacks): Connection Overrides" in Twilio's documentation.
struct WebhookPolicy: Equatable {
    /// The failure of an attempt.
    enum Failure: Error, Equatable {
        /// No connection was made (`ct`).
        case connection
        /// No response came in time (`rt`).
        case silence
    }

    /// Milliseconds for all attempts together.
    static let limit = 15_000

    /// `rc`: from 0 to 5.
    private(set) var repeats = 1
    /// `rp`: some of `4xx`, `5xx`, `ct`, `rt`, `all`.
    private(set) var reasons: Set<String> = ["ct"]

    /// Reads a fragment such as `rc=2&rp=ct,5xx`; parts that Twilio does not know are ignored.
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
