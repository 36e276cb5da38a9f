import COpenSSL

/// An RSA private key, and signatures with it (RS256: PKCS #1 v1.5 over SHA-256).
package struct RSAPrivateKey: ~Copyable {
    private let key: OpaquePointer

    /// Reads a PEM text (PKCS #1 or PKCS #8) without passphrase; nil for anything else, or under 2,048 bits.
    /// `PEM_read_bio_PrivateKey`.
    package init?(pem: String) {
        guard let key = Self.read(pem) else { return nil }
        guard EVP_PKEY_get_bits(key) >= Self.leastBits else {
            EVP_PKEY_free(key)
            return nil
        }
        self.key = key
    }

    /// The minimum key length that Salesforce accepts.
    package static let leastBits = 2048

    /// Returns true for an RSA key shorter than Salesforce accepts.
    package static func isShort(pem: String) -> Bool {
        guard let key = read(pem) else { return false }
        defer { EVP_PKEY_free(key) }
        return EVP_PKEY_get_bits(key) < leastBits
    }

    /// Returns the RSA key of a PEM text, which the caller frees.
    private static func read(_ pem: String) -> OpaquePointer? {
        let bytes = Array(pem.utf8)
        guard let length = Int32(exactly: bytes.count) else { return nil }
        let key: OpaquePointer? = bytes.withUnsafeBytes { bytes in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, length) else { return nil }
            defer { BIO_free(source) }
            // Without a callback OpenSSL would ask for the passphrase on the terminal.
            return PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in 0 }, nil)
        }
        defer { ERR_clear_error() }
        guard let key else { return nil }
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else {
            EVP_PKEY_free(key)
            return nil
        }
        return key
    }

    deinit {
        EVP_PKEY_free(key)
    }

    /// Returns the signature of `message`; nil only when OpenSSL fails. `EVP_DigestSign`.
    package func signature(of message: [UInt8]) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1 else { return nil }
        var count = Int(EVP_PKEY_get_size(key))
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else { return nil }
        return Array(signature.prefix(count))
    }
}
