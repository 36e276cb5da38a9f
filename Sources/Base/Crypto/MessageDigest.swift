import COpenSSL

/// A digest algorithm of OpenSSL's, fetched once: OpenSSL 3 looks an algorithm up again at each use of `EVP_sha256()`, which
/// takes longer than the digest of a short text.
///
/// Every function fails only when memory has run out, which ends the process as it does anywhere else in Swift. Unchecked:
/// nothing changes once it is made.
final class MessageDigest: @unchecked Sendable {
    static let sha256 = MessageDigest("SHA256")
    static let sha1 = MessageDigest("SHA1")

    /// An `EVP_MD`.
    private let algorithm: OpaquePointer
    /// An `EVP_MAC_CTX` of HMAC with the digest, without a key.
    private let hmac: OpaquePointer
    private let byteCount: Int

    private init(_ name: String) {
        guard let algorithm = EVP_MD_fetch(nil, name, nil), let mac = EVP_MAC_fetch(nil, "HMAC", nil),
            let hmac = EVP_MAC_CTX_new(mac)
        else { fatalError("OpenSSL lacks \(name) or HMAC: the library is not whole.") }
        EVP_MAC_free(mac)
        var text = Array(name.utf8CString)
        let isSet = text.withUnsafeMutableBufferPointer { text in
            let parameters = [
                OSSL_PARAM_construct_utf8_string("digest", text.baseAddress, 0), OSSL_PARAM_construct_end(),
            ]
            return EVP_MAC_CTX_set_params(hmac, parameters) == 1
        }
        guard isSet else { fatalError("OpenSSL has no HMAC with \(name): the library is not whole.") }
        self.algorithm = algorithm
        self.hmac = hmac
        byteCount = Int(EVP_MD_get_size(algorithm))
    }

    /// `EVP_Digest`.
    func digest(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            guard EVP_Digest(bytes.baseAddress, bytes.count, buffer.baseAddress, nil, algorithm, nil) == 1 else {
                fatalError("OpenSSL computed no digest: memory has run out.")
            }
            count = byteCount
        }
    }

    /// `EVP_MAC`.
    func authenticationCode(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let context = EVP_MAC_CTX_dup(hmac)
            defer { EVP_MAC_CTX_free(context) }
            // A nil key would mean the one that is set, and there is none.
            let isKeyed = key.withUnsafeBufferPointer { key in
                withUnsafeBytes(of: 0) { empty in
                    EVP_MAC_init(
                        context, key.baseAddress ?? empty.bindMemory(to: UInt8.self).baseAddress, key.count, nil)
                }
            }
            var length = 0
            guard isKeyed == 1, EVP_MAC_update(context, message, message.count) == 1,
                EVP_MAC_final(context, buffer.baseAddress, &length, byteCount) == 1, length == byteCount
            else { fatalError("OpenSSL computed no HMAC: memory has run out.") }
            count = byteCount
        }
    }
}
