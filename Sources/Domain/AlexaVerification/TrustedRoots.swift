package import HTTPClient

/// The root certificates that a signing chain may end in.
package struct TrustedRoots: Sendable {
    enum Source: Sendable {
        case tlsBundle(CurlClient.Configuration)
        case pem([UInt8])
    }

    let source: Source

    /// The roots of TLS: the bundle that a client of the same configuration trusts, read at the first chain.
    package static func ofTLS(_ configuration: CurlClient.Configuration = CurlClient.Configuration()) -> TrustedRoots {
        TrustedRoots(source: .tlsBundle(configuration))
    }

    /// The certificates of a PEM text.
    package static func pem(_ text: [UInt8]) -> TrustedRoots {
        TrustedRoots(source: .pem(text))
    }
}
