import COpenSSL

/// The digests of Twilio's signatures, computed and compared by OpenSSL: the only file here that imports it.
///
/// The computations fail only when memory has run out, which ends the process as it does anywhere else in Swift.
enum Digests {
    /// The 20-byte HMAC-SHA-1 of `message` under `key`. `HMAC`.
    static func authenticationCode(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(SHA_DIGEST_LENGTH)) { buffer, count in
            guard HMAC(EVP_sha1(), key, Int32(key.count), message, message.count, buffer.baseAddress, nil) != nil else {
                fatalError("OpenSSL computed no HMAC-SHA-1: memory has run out, or the library lacks the algorithm.")
            }
            count = Int(SHA_DIGEST_LENGTH)
        }
    }

    /// The SHA-256 digest of `bytes` as 64 lower-case hexadecimal digits. `EVP_Digest`.
    static func hexadecimalSHA256(of bytes: [UInt8]) -> [UInt8] {
        let digest = [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { buffer, count in
            guard EVP_Digest(bytes, bytes.count, buffer.baseAddress, nil, EVP_sha256(), nil) == 1 else {
                fatalError("OpenSSL computed no SHA-256: memory has run out, or the library lacks the algorithm.")
            }
            count = Int(SHA256_DIGEST_LENGTH)
        }
        let digits = Array("0123456789abcdef".utf8)
        return digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// Whether both are the same; the time it takes tells nothing but their lengths. `CRYPTO_memcmp`.
    static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
