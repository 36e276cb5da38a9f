/// Faults that the local Salesforce causes on demand.
///
/// A fault is set by the header `X-Local-Fault: limit` on one request, or by `POST /debug/fault` with `{"fault":
/// "busy", "times": 2, "path": "/query"}` for the next data calls whose path contains that text. The names are `limit`,
/// `busy`, `expired`, `html`, `drop` and `slow=<milliseconds>`.
package enum SalesforceFault: Sendable, Equatable {
    /// 403 REQUEST_LIMIT_EXCEEDED.
    case limit
    /// 503 SERVER_UNAVAILABLE.
    case busy
    /// 401 INVALID_SESSION_ID, and the token is invalid from then on.
    case expired
    /// 200 with a page that is not JSON; the call is not carried out.
    case html
    /// The call is carried out and the connection closed without a response.
    case drop
    /// The call is carried out and the response is late.
    case slow(milliseconds: Int)

    package init?(_ name: String) {
        switch name {
        case "limit": self = .limit
        case "busy": self = .busy
        case "expired": self = .expired
        case "html": self = .html
        case "drop": self = .drop
        default:
            guard name.hasPrefix("slow="), let milliseconds = Int(name.dropFirst(5)), milliseconds >= 0 else {
                return nil
            }
            self = .slow(milliseconds: milliseconds)
        }
    }
}

/// A fault that waits for its calls.
struct AwaitedFault: Sendable {
    let fault: SalesforceFault
    /// A part of the paths that it applies to; empty: every data call.
    let path: String
    var times: Int
}
