import COpenSSL
import Crypto
import HTTPClient
import Synchronization

/// The roots that chains must lead to, read at the first chain.
final class RootStore: Sendable {
    /// The name that a signing certificate must have among its alternative names; its common name does not count.
    static let signer = "echo-api.amazon.com"
    /// OpenSSL's level of 112 bits: no SHA-1 or MD5 in a chain, no RSA below 2048 bits.
    private static let securityLevel: Int32 = 2

    private let roots: TrustedRoots
    private let store = Mutex<Store?>(nil)

    init(_ roots: TrustedRoots) {
        self.roots = roots
    }

    /// Checks a chain as a PEM text, its leaf first, at a time in seconds since 1970. `X509_verify_cert`.
    func verify(_ pem: [UInt8], at now: Double) throws(VerificationError) -> SigningChain {
        guard let sent = CertificateList(pem: pem), let leaf = sent.first else {
            throw .untrusted("it contains no valid PEM certificates")
        }
        let store = try loadedStore()
        defer { ERR_clear_error() }
        guard let context = X509_STORE_CTX_new() else { throw .untrusted("memory has run out") }
        defer { X509_STORE_CTX_free(context) }
        guard X509_STORE_CTX_init(context, store.pointer, leaf, sent.stack) == 1,
            let parameters = X509_STORE_CTX_get0_param(context)
        else { throw .untrusted("memory has run out") }
        X509_VERIFY_PARAM_set_time(parameters, Int(now))
        X509_VERIFY_PARAM_set_auth_level(parameters, Self.securityLevel)
        guard X509_verify_cert(context) == 1 else {
            let code = X509_STORE_CTX_get_error(context)
            throw .untrusted(X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "error \(code)")
        }
        guard X509_check_host(leaf, Self.signer, Self.signer.utf8.count, Self.hostFlags, nil) == 1 else {
            throw .untrusted("its certificate is not issued for \(Self.signer)")
        }
        return try Self.chain(leaf, X509_STORE_CTX_get0_chain(context))
    }

    private static let hostFlags = UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_WILDCARDS)

    /// Checks that OpenSSL leaves out: an issuer beside the leaf itself, and an RSA key.
    ///
    /// OpenSSL has checked that issuers are authorities: all but a root must have basicConstraints that say so.
    private static func chain(
        _ leaf: OpaquePointer, _ verified: OpaquePointer?
    ) throws(VerificationError) -> SigningChain {
        let certificates = (0..<OPENSSL_sk_num(verified)).compactMap { index in
            OPENSSL_sk_value(verified, index).map { OpaquePointer($0) }
        }
        guard certificates.count > 1 else { throw .untrusted("nobody but itself vouches for its certificate") }
        var validity = Int.min...Int.max
        for certificate in certificates {
            guard let start = epochSeconds(X509_get0_notBefore(certificate)),
                let end = epochSeconds(X509_get0_notAfter(certificate)), start <= end
            else { throw .untrusted("one of its dates cannot be read") }
            validity = validity.clamped(to: start...end)
        }
        guard let key = X509_get_pubkey(leaf) else { throw .untrusted("its key cannot be read") }
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else {
            EVP_PKEY_free(key)
            throw .untrusted("its key is not RSA")
        }
        return SigningChain(key: key, validity: validity)
    }

    private func loadedStore() throws(VerificationError) -> Store {
        try store.withLock { store throws(VerificationError) in
            if let store { return store }
            let loaded = try Store(roots)
            store = loaded
            return loaded
        }
    }
}

/// An `X509_STORE`.
///
/// Unchecked: it does not change once it is made, and OpenSSL locks what it looks up in it.
private final class Store: @unchecked Sendable {
    let pointer: OpaquePointer
    /// The store of a bundle, which owns the pointer; nil when this does.
    private let bundled: CAStore?

    init(_ roots: TrustedRoots) throws(VerificationError) {
        switch roots.source {
        case .tlsBundle(let configuration):
            let path: String
            do throws(HTTPClientError) {
                path = try configuration.caBundle()
            } catch {
                throw .noRoots(error.description)
            }
            guard let store = CAStore(CABundle(path: path)) else {
                throw .noRoots("the CA bundle of TLS is not a PEM file of certificates")
            }
            bundled = store
            pointer = store.pointer
        case .pem(let text):
            guard let pointer = X509_STORE_new() else { throw .noRoots("memory has run out") }
            self.pointer = pointer
            bundled = nil
            defer { ERR_clear_error() }
            guard let certificates = CertificateList(pem: text) else { throw .noRoots("no PEM text was given") }
            for index in 0..<OPENSSL_sk_num(certificates.stack) {
                X509_STORE_add_cert(pointer, OPENSSL_sk_value(certificates.stack, index).map { OpaquePointer($0) })
            }
        }
    }

    deinit {
        if bundled == nil { X509_STORE_free(pointer) }
    }
}

extension VerificationError {
    fileprivate static func untrusted(_ reason: String) -> VerificationError {
        VerificationError(.untrustedChain, "The certificate chain is not Alexa's: \(reason).")
    }

    fileprivate static func noRoots(_ reason: String) -> VerificationError {
        VerificationError(.noTrustedRoots, "No trusted roots to check Alexa's certificates against: \(reason).")
    }
}
