import CCurl

/// A result of libcurl's easy interface under its C name (libcurl-errors in its manual).
struct CurlCode: RawRepresentable, Equatable, Sendable {
    let rawValue: UInt32

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    init(_ code: CURLcode) {
        rawValue = code.rawValue
    }

    static let ok = CurlCode(CURLE_OK)
    static let unsupportedProtocol = CurlCode(CURLE_UNSUPPORTED_PROTOCOL)
    static let urlMalformat = CurlCode(CURLE_URL_MALFORMAT)
    static let couldntResolveProxy = CurlCode(CURLE_COULDNT_RESOLVE_PROXY)
    static let couldntResolveHost = CurlCode(CURLE_COULDNT_RESOLVE_HOST)
    static let weirdServerReply = CurlCode(CURLE_WEIRD_SERVER_REPLY)
    static let outOfMemory = CurlCode(CURLE_OUT_OF_MEMORY)
    static let operationTimedOut = CurlCode(CURLE_OPERATION_TIMEDOUT)
    static let gotNothing = CurlCode(CURLE_GOT_NOTHING)
    static let badContentEncoding = CurlCode(CURLE_BAD_CONTENT_ENCODING)
    /// The code of `TLSTrust` for a bundle that OpenSSL finds no certificate in.
    static let caBundleUnusable = CurlCode(CURLE_SSL_CACERT_BADFILE)
    /// `CURLE_TOO_LARGE`, which Debian 12 does not have yet.
    static let tooLarge = CurlCode(rawValue: 100)

    /// True when TLS could not be agreed on or trusted.
    var isTLSFailure: Bool {
        [
            CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT,
        ].contains { $0.rawValue == rawValue }
    }

    /// libcurl's own message for the code; it contains no part of the request.
    var text: String { String(cString: curl_easy_strerror(CURLcode(rawValue: rawValue))) }
}
