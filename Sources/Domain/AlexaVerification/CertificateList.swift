import COpenSSL

/// The certificates of a PEM text, in their order.
final class CertificateList {
    /// A `STACK_OF(X509)` that owns its certificates.
    let stack: OpaquePointer

    /// Returns nil when the text holds no certificate, or one that cannot be read.
    init?(pem: [UInt8]) {
        guard let stack = OPENSSL_sk_new_null() else { return nil }
        self.stack = stack
        guard let bio = BIO_new_mem_buf(pem, Int32(pem.count)) else { return nil }
        defer {
            BIO_free(bio)
            ERR_clear_error()
        }
        ERR_clear_error()
        // Without a callback, OpenSSL asks for an encrypted block's password on the terminal.
        while let certificate = PEM_read_bio_X509(bio, nil, { _, _, _, _ in -1 }, nil) {
            guard OPENSSL_sk_push(stack, UnsafeRawPointer(certificate)) > 0 else {
                X509_free(certificate)
                return nil
            }
        }
        guard ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE, OPENSSL_sk_num(stack) > 0 else {
            return nil
        }
    }

    deinit {
        OPENSSL_sk_pop_free(stack) { certificate in X509_free(certificate.map { OpaquePointer($0) }) }
    }

    /// The first certificate, owned by the list.
    var first: OpaquePointer? { OPENSSL_sk_value(stack, 0).map { OpaquePointer($0) } }
}
