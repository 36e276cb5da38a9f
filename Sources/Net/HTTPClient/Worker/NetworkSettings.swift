import Glibc

/// The environment's settings of the network, read once by the worker's thread.
///
/// libcurl would read the proxy variables itself, but with `getenv` at every connection, while another thread may be
/// in `setenv`.
struct NetworkSettings {
    /// The proxy's URL for plain requests and for TLS; empty for none.
    let httpProxy: String
    let httpsProxy: String
    /// Hosts that are reached without a proxy, as in `no_proxy`.
    let noProxy: String
    /// The variable that names the CA bundle, and its value; nil when neither does.
    private let named: (variable: String, path: String)?

    init(_ configuration: CurlClient.Configuration) {
        named =
            ["SSL_CERT_FILE", "CURL_CA_BUNDLE"].lazy.compactMap { name in
                configuration.variable(name).flatMap { $0.isEmpty ? nil : (name, $0) }
            }.first
        func first(_ names: String...) -> String? {
            names.lazy.compactMap { configuration.variable($0) }.first { !$0.isEmpty }
        }
        let all = first("all_proxy", "ALL_PROXY") ?? ""
        // Not HTTP_PROXY: a CGI-like server sets that from a caller's Proxy header.
        httpProxy = first("http_proxy") ?? all
        httpsProxy = first("https_proxy", "HTTPS_PROXY") ?? all
        noProxy = first("no_proxy", "NO_PROXY") ?? ""
    }

    /// The PEM file of trusted authorities, or an error that says why there is none.
    var caBundle: Result<String, MissingCABundle> {
        if let named {
            guard access(named.path, R_OK) == 0 else {
                return .failure(
                    MissingCABundle(
                        "\(named.variable) names a file that cannot be read: correct it, or unset it to use the system's CA "
                            + "bundle"))
            }
            return .success(named.path)
        }
        // Amazon Linux and Fedora, then Debian and Ubuntu.
        let usual = ["/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt"]
        guard let path = usual.first(where: { access($0, R_OK) == 0 }) else {
            return .failure(
                MissingCABundle(
                    "there is no CA bundle at \(usual.joined(separator: " or ")): name one in SSL_CERT_FILE"))
        }
        return .success(path)
    }
}

struct MissingCABundle: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
