import Calling
import Encoding
import HTTPTypes

/// A request checked and put into the form libcurl takes.
struct PreparedRequest: Sendable {
    let method: HTTPRequest.Method
    let isSecure: Bool
    let authority: String
    let url: String
    /// Whole header lines, and the removals (`Name:`) of those that libcurl would add by itself.
    let headerLines: [String]
    let body: [UInt8]
    /// True when a connection is opened for later requests, and nothing is sent.
    var connectsOnly = false

    /// True when sending it twice does no more than sending it once.
    var isRepeatable: Bool { method == .get || method == .head }

    /// Throws `.invalidRequest` for a request that would not arrive as given.
    init(_ request: HTTPRequest, body: [UInt8]) throws(HTTPClientError) {
        guard let scheme = request.scheme, scheme == "https" || scheme == "http" else {
            throw .invalidRequest("its scheme must be https or http")
        }
        guard let authority = request.authority, Self.isAuthority(authority) else {
            throw .invalidRequest("its authority must be a host, or host:port, in ASCII and without a user")
        }
        let path = request.path.map { $0.isEmpty ? "/" : $0 } ?? "/"
        // A '#' would end the path for libcurl; anything else outside these must be percent-encoded by the caller.
        guard path.utf8.first == UInt8(ascii: "/"),
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
        else {
            throw .invalidRequest(
                "its path must begin with / and hold only printable ASCII, percent-encoded", authority)
        }
        guard request.method != .connect, request.method != .trace else {
            throw .invalidRequest("its method is not one this client sends", authority)
        }
        guard body.isEmpty || (request.method != .get && request.method != .head) else {
            throw .invalidRequest("GET and HEAD take no body", authority)
        }
        self.method = request.method
        self.isSecure = scheme == "https"
        self.authority = authority
        self.url = "\(scheme)://\(authority)\(path)"
        self.headerLines = try Self.headerLines(request, authority: authority)
        self.body = body
    }

    private static func isAuthority(_ authority: String) -> Bool {
        !authority.isEmpty
            && authority.utf8.allSatisfy { $0.isASCIILetterOrDigit || "-._:[]".utf8.contains($0) }
    }

    private static func headerLines(
        _ request: HTTPRequest, authority: String
    ) throws(HTTPClientError) -> [String] {
        // As given, default port and all, since a signature may cover it; libcurl would drop the port.
        var lines = ["Host: \(authority)"]
        for field in request.headerFields {
            let name = field.name.canonicalName
            guard name != "host", name != "content-length" else { continue }
            guard name != "transfer-encoding", name != "expect" else {
                throw .invalidRequest("\(name) is the client's to set", authority)
            }
            var value = field.value
            guard value.withUTF8({ $0.allSatisfy { $0 != 0x0D && $0 != 0x0A && $0 != 0 } }) else {
                throw .invalidRequest("the header \(name) holds a line break or a zero byte", authority)
            }
            // libcurl takes "Name:" for a removal and "Name;" for an empty value.
            var line: [UInt8] = []
            line.reserveCapacity(field.name.rawName.utf8.count + 2 + value.utf8.count)
            line.append(text: field.name.rawName)
            line.append(text: value.isEmpty ? ";" : ": ")
            line.append(text: value)
            lines.append(String(decoding: line, as: UTF8.self))
        }
        for (name, line) in [
            (HTTPField.Name.accept, "Accept:"), (.contentType, "Content-Type:"), (.expect, "Expect:"),
        ] where !request.headerFields.contains(name) {
            lines.append(line)
        }
        return lines
    }
}

extension HTTPClientError {
    static func invalidRequest(_ reason: String, _ authority: String? = nil) -> HTTPClientError {
        HTTPClientError(
            code: .invalidRequest, outcome: .notSent,
            description: "The request\(authority.map { " to \($0)" } ?? "") was not sent: \(reason).")
    }
}
