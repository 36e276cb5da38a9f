import JSON

/// Faults that the local VoiceIt and the local Twilio cause on demand.
///
/// A fault is set by `POST /debug/fault` with `{"fault": "busy", "times": 2, "path": "/verification"}`, for the next
/// calls whose path contains that text. The names are `busy`, `html`, `drop`, `slow=<milliseconds>`, `code=<CODE>`,
/// `code=<CODE>@<status>`, `done=<CODE>` and `redirect=<URL>`.
package enum ServiceFault: Sendable, Equatable {
    /// 503; the call is not carried out.
    case busy
    /// 200 with a page that is not JSON; the call is not carried out.
    case html
    /// The call is carried out and the connection closed without a response.
    case drop
    /// The call is carried out and the response is late.
    case slow(milliseconds: Int)
    /// VoiceIt's response with this response code, under its usual status or another; the call is not carried out.
    case code(String, status: Int? = nil)
    /// The call is carried out, and VoiceIt responds with this code: `ACTO` leaves open whether it was.
    case done(code: String)
    /// 302 to that URL; the call is not carried out.
    case redirect(String)

    package init?(_ name: String) {
        let parts = name.split(separator: "=", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("busy", 1): self = .busy
        case ("html", 1): self = .html
        case ("drop", 1): self = .drop
        case ("code", 2):
            let code = parts[1].split(separator: "@", maxSplits: 1).map(String.init)
            guard code.count == 2 else {
                self = .code(parts[1])
                return
            }
            guard let status = Int(code[1]), (200...599).contains(status) else { return nil }
            self = .code(code[0], status: status)
        case ("done", 2): self = .done(code: parts[1])
        case ("redirect", 2): self = .redirect(parts[1])
        case ("slow", 2):
            guard let milliseconds = Int(parts[1]), milliseconds >= 0 else { return nil }
            self = .slow(milliseconds: milliseconds)
        default: return nil
        }
    }
}

/// Faults that wait for their calls.
struct AwaitedFaults: Sendable {
    private var waiting: [(fault: ServiceFault, path: String, times: Int)] = []

    mutating func add(_ fault: ServiceFault, times: Int, path: String) {
        waiting.append((fault, path, times))
    }

    /// Returns the fault for a call.
    mutating func take(for path: String) -> ServiceFault? {
        guard let index = waiting.firstIndex(where: { $0.path.isEmpty || path.contains($0.path) }) else { return nil }
        defer {
            waiting[index].times -= 1
            if waiting[index].times <= 0 { waiting.remove(at: index) }
        }
        return waiting[index].fault
    }

    /// Ends a fault that lasts.
    mutating func remove(_ fault: ServiceFault) {
        waiting.removeAll { $0.fault == fault && $0.times > 1_000_000 }
    }

    /// Adds the fault in the body of `POST /debug/fault`; returns false for an invalid body.
    mutating func add(_ body: [UInt8]) -> Bool {
        guard let body = try? JSONValue(parsing: body), let fault = body["fault"]?.string.flatMap(ServiceFault.init)
        else {
            return false
        }
        add(fault, times: max(1, body["times"]?.int ?? 1), path: body["path"]?.string ?? "")
        return true
    }

    static let help = LocalResponse(
        400,
        .string(
            "Give {\"fault\": \"busy|html|drop|slow=<ms>|code=<CODE>|done=<CODE>|redirect=<URL>\", \"times\": 1, \"path\": \"\"}."
        ))
}
