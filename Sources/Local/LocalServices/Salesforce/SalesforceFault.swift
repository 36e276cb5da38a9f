/// Faults that the local Salesforce causes on demand.
///
/// A fault is set by the header `X-Local-Fault: limit` on one request; by `POST /debug/fault` with `{"fault": "busy",
/// "times": 2, "path": "/query", "text": "+1206"}` for the next data calls whose path contains that text and whose URL or
/// body contains the other; or by `faults` in a `SalesforceAddition`, where without `times` it lasts. With `"inComposite":
/// true` it meets a call within a composite. The names are `limit`, `busy`, `expired`, `html`, `drop`, `hang`,
/// `slow=<milliseconds>` and `status=<HTTP status>`.
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
    /// The call is carried out and no response comes for ten minutes.
    case hang
    /// The call is carried out and the response is late.
    case slow(milliseconds: Int)
    /// That status, with an error of the code SERVER_UNAVAILABLE or UNKNOWN_EXCEPTION; the call is carried out under 504,
    /// and is not under any other.
    case status(Int)

    package static let names = "limit|busy|expired|html|drop|hang|slow=<ms>|status=<HTTP status>"

    package init?(_ name: String) {
        switch name {
        case "limit": self = .limit
        case "busy": self = .busy
        case "expired": self = .expired
        case "html": self = .html
        case "drop": self = .drop
        case "hang": self = .hang
        default:
            let parts = name.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let number = Int(parts[1]) else { return nil }
            switch parts[0] {
            case "slow" where number >= 0: self = .slow(milliseconds: number)
            case "status" where 400...599 ~= number: self = .status(number)
            default: return nil
            }
        }
    }

    /// The time that the response is held back.
    var delay: Duration? {
        switch self {
        case .slow(let milliseconds): .milliseconds(milliseconds)
        case .hang: .seconds(600)
        default: nil
        }
    }

    /// The response in place of the call's own; nil when the call is carried out.
    var refusal: SalesforceFailure? {
        switch self {
        case .limit: SalesforceFailure(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
        case .busy:
            SalesforceFailure(
                503, "SERVER_UNAVAILABLE", "The server is too busy to handle this request: try again later.")
        case .status(let status) where status != 504: Self.failure(status)
        case .expired, .html, .drop, .hang, .slow, .status: nil
        }
    }

    static func failure(_ status: Int) -> SalesforceFailure {
        SalesforceFailure(
            status, status == 503 ? "SERVER_UNAVAILABLE" : "UNKNOWN_EXCEPTION", "An unexpected error occurred.")
    }
}

/// A fault that waits for its calls.
struct AwaitedFault: Sendable {
    let fault: SalesforceFault
    /// A part of the paths that it applies to; empty: every data call.
    var path = ""
    /// A part of the decoded URL or body; empty: any.
    var text = ""
    /// True for calls within a composite.
    var isInComposite = false
    var times = Int.max

    func meets(_ path: String, _ content: @autoclosure () -> String) -> Bool {
        (self.path.isEmpty || path.contains(self.path)) && (text.isEmpty || content().contains(text))
    }
}
