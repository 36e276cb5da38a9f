package import HTTPClient

/// The authorities that may stand at the end of a signing chain.
package struct TrustedRoots: Sendable {
    enum Source: Sendable {
        case tlsBundle(CurlClient.Configuration)
        case pem([UInt8])
    }

    let source: Source

    /// Those of TLS: the bundle that a client of the same configuration trusts, read at the first chain.
    package static func ofTLS(_ configuration: CurlClient.Configuration = CurlClient.Configuration()) -> TrustedRoots {
        TrustedRoots(source: .tlsBundle(configuration))
    }

    /// The certificates of a PEM text.
    package static func pem(_ text: [UInt8]) -> TrustedRoots {
        TrustedRoots(source: .pem(text))
    }
}
