import COpenSSL

/// HMAC-SHA-1, which Twilio signs its webhooks with, computed by OpenSSL.
///
/// The computation fails only when memory has run out, which ends the process as it does anywhere else in Swift.
package enum HMACSHA1 {
    /// Returns the 20-byte authentication code of `message` under `key`. `HMAC`.
    package static func authenticationCode(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(SHA_DIGEST_LENGTH)) { buffer, count in
            guard HMAC(EVP_sha1(), key, Int32(key.count), message, message.count, buffer.baseAddress, nil) != nil else {
                fatalError("OpenSSL computed no HMAC-SHA-1: memory has run out, or the library lacks the algorithm.")
            }
            count = Int(SHA_DIGEST_LENGTH)
        }
    }
}
