import FoundationEssentials

/// Where a service is reached: an origin, and a base path when it stands behind one.
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

    /// Reads `http://127.0.0.1:5000` or `https://example.com/base/`; without user, query or fragment.
    package init?(parsing text: String) {
        guard let components = URLComponents(string: text),
            let scheme = components.scheme?.lowercased(), scheme == "http" || scheme == "https",
            let host = components.percentEncodedHost, !host.isEmpty,
            components.percentEncodedUser == nil, components.percentEncodedPassword == nil,
            components.percentEncodedQuery == nil, components.percentEncodedFragment == nil,
            (1...65_535).contains(components.port ?? 443)
        else { return nil }
        let port = components.port.flatMap { $0 == (scheme == "http" ? 80 : 443) ? nil : ":\($0)" } ?? ""
        var basePath = components.percentEncodedPath
        while basePath.hasSuffix("/") { basePath.removeLast() }
        self.init(scheme: scheme, authority: host.lowercased() + port, basePath: basePath)
    }
}
