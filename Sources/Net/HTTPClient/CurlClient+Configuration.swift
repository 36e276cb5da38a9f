package import Calling
import Glibc

extension CurlClient {
    /// The environment variables of a client, for proxies and the CA bundle, and the clocks that measure the age of its
    /// connections and resolved names.
    ///
    /// `SSL_CERT_FILE` or `CURL_CA_BUNDLE` name a PEM file of the authorities to trust. `http_proxy` (lower case only),
    /// `https_proxy`, `all_proxy` and `no_proxy` (either case) have the meaning of libcurl's manual. They are looked up
    /// once, at the first call; an empty variable counts as absent.
    package struct Configuration: Sendable {
        let variable: @Sendable (_ name: String) -> String?
        let now: @Sendable () -> Moment

        /// A configuration that looks variables up in the process's environment, or by the given function.
        package init(
            variable: @escaping @Sendable (_ name: String) -> String? = Configuration.processVariable,
            now: @escaping @Sendable () -> Moment = { Moment.now }
        ) {
            self.variable = variable
            self.now = now
        }

        /// A variable of the process, by `getenv`.
        package static let processVariable: @Sendable (_ name: String) -> String? = { name in
            getenv(name).map { String(cString: $0) }
        }
    }
}

extension CurlClient.Configuration {
    /// The PEM file of the authorities that TLS trusts; throws `.tlsFailed` when there is none that can be read.
    package func caBundle() throws(HTTPClientError) -> String {
        switch NetworkSettings(self).caBundle {
        case .success(let path): return path
        case .failure(let missing):
            throw HTTPClientError(code: .tlsFailed, outcome: .notSent, description: missing.reason)
        }
    }
}
