import JSON
package import LocalServices

/// The rules by which the console answers its own page, and no other site's in the same browser.
///
/// A page of another site may send requests to a server on loopback, and its name may lead there (DNS rebinding). So the
/// Host header must be a loopback name with the console's port, an Origin must be the same, browsers say in
/// `Sec-Fetch-Site` that the request comes from the page itself, and what changes something must be JSON, which no form
/// can send. "Fetch Metadata Request Headers" of the W3C.
package struct ConsoleGuard: Sendable {
    private let hosts: [String]

    package init(port: UInt16) {
        hosts = ["127.0.0.1", "localhost", "[::1]"].map { "\($0):\(port)" }
    }

    /// Returns the refusal of a request; nil when it may be answered.
    package func refusal(of request: HTTPMessage) -> LocalResponse? {
        let named = values("Host", request)
        guard named.count == 1, let host = named.first?.lowercased(), hosts.contains(host) else {
            return Self.refused(421, "The console answers \(hosts[0]) alone.")
        }
        let origins = values("Origin", request)
        guard origins.allSatisfy({ $0.lowercased() == "http://\(host)" }), origins.count < 2 else {
            return Self.refused(403, "The console answers its own page alone, and this request comes from another.")
        }
        let site = request.fields["Sec-Fetch-Site"]?.lowercased() ?? "none"
        guard ["same-origin", "none"].contains(site) || isVisit(request) else {
            return Self.refused(
                403, "The console answers its own page alone, and this request comes from another site.")
        }
        switch request.method {
        case "GET": return nil
        case "POST":
            let type = request.fields["Content-Type"]?.lowercased().prefix { $0 != ";" } ?? ""
            return type == "application/json" ? nil : Self.refused(415, "Send application/json.")
        default: return Self.refused(405, "The console takes GET and POST.")
        }
    }

    /// Returns true for somebody who follows a link to the page, which shows nothing to the site that has the link.
    private func isVisit(_ request: HTTPMessage) -> Bool {
        request.method == "GET" && request.path.prefix { $0 != "?" } == "/"
            && request.fields["Sec-Fetch-Mode"]?.lowercased() == "navigate"
            && request.fields["Sec-Fetch-Dest"]?.lowercased() == "document"
    }

    private func values(_ name: String, _ request: HTTPMessage) -> [String] {
        request.fields.fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    static func refused(_ status: Int, _ sentence: String) -> LocalResponse {
        LocalResponse(status, .object(["error": .string(sentence)]))
    }
}
