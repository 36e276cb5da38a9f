/// The address of a service: an origin, and a base path when the service is under one.
package struct Endpoint: Sendable, Hashable {
    /// `http` or `https`.
    package let scheme: String
    /// The host, with the port where it is not the scheme's own.
    package let authority: String
    /// Empty, or a path that begins with a slash and does not end with one.
    package let basePath: String

    package init(scheme: String, authority: String, basePath: String = "") {
        self.scheme = scheme
        self.authority = authority
        self.basePath = basePath
    }

    /// Parses `http://127.0.0.1:5000` or `https://example.com/base/`; nil for anything that `BaseURL` refuses.
    package init?(parsing text: String) {
        guard let url = BaseURL(parsing: text) else { return nil }
        let port = url.port.flatMap { $0 == (url.scheme == "http" ? 80 : 443) ? nil : ":\($0)" } ?? ""
        self.init(scheme: url.scheme, authority: url.host.lowercased() + port, basePath: url.path)
    }
}

extension Endpoint {
    /// The condition of `init(outside:)`, which completes "must be …".
    package static let outsideExpectation =
        "an https URL such as https://example.com/base, without user, query or fragment; http is for loopback hosts"

    /// Parses the address of an outside system: like `init(parsing:)`, but nil also for `http` to any host but a loopback
    /// one, since credentials and personal data are sent there.
    ///
    /// A loopback host loses its final dot, which not every resolver ignores.
    package init?(outside text: String) {
        guard let url = BaseURL(parsing: text), url.isProtected, let parsed = Endpoint(parsing: text) else {
            return nil
        }
        guard url.scheme == "http", let host = LoopbackHost.canonical(url.host) else {
            self = parsed
            return
        }
        let port = url.port.flatMap { $0 == 80 ? nil : ":\($0)" } ?? ""
        self.init(scheme: url.scheme, authority: host + port, basePath: url.path)
    }
}

/// The parts of an `http` or `https` URL that paths are appended to: one without user, query or fragment.
package struct BaseURL: Sendable {
    /// `http` or `https`.
    package let scheme: String
    /// The host as it was written, percent-encoded.
    package let host: String
    /// Nil when the URL names none.
    package let port: Int?
    /// Empty, or a percent-encoded path that begins with a slash and does not end with one.
    package let path: String
    /// The number of slashes at the end of the text, which `path` lacks.
    package let trailingSlashes: Int
    /// True when nobody on the way reads what is sent there: by `https`, or to a loopback host.
    package let isProtected: Bool

    /// Parses an absolute URL; nil for another scheme, no host, a port out of range, a user, a query or a fragment.
    package init?(parsing text: String) {
        guard let url = URLParts(text), url.scheme == "http" || url.scheme == "https", url.userInfo == nil,
            url.query == nil, url.fragment == nil
        else { return nil }
        scheme = url.scheme
        host = url.host
        port = url.port
        var path = url.path
        var trailingSlashes = 0
        while path.utf8.last == UInt8(ascii: "/") {
            path.removeLast()
            trailingSlashes += 1
        }
        self.path = path
        self.trailingSlashes = trailingSlashes
        isProtected = scheme == "https" || LoopbackHost.canonical(host) != nil
    }
}
