import COpenSSL

/// SHA-256 and HMAC-SHA-256, computed by OpenSSL.
///
/// Both functions fail only when memory has run out, which ends the
/// process as it does anywhere else in Swift.
package enum SHA256 {
    /// The digest's length in bytes.
    package static let byteCount = 32

    /// The 32-byte digest of `bytes`. `EVP_Digest`.
    package static func digest(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            guard EVP_Digest(bytes, bytes.count, buffer.baseAddress, nil, EVP_sha256(), nil) == 1 else {
                fatalError(
                    "OpenSSL computed no SHA-256 digest: memory has run out, or the library lacks the algorithm.")
            }
            count = byteCount
        }
    }

    /// The 32-byte authentication code of `message` under `key`. `HMAC`.
    package static func authenticationCode(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            guard
                HMAC(
                    EVP_sha256(), key, Int32(key.count), message, message.count, buffer.baseAddress, nil) != nil
            else {
                fatalError("OpenSSL computed no HMAC-SHA-256: memory has run out, or the library lacks the algorithm.")
            }
            count = byteCount
        }
    }

    /// The digest of several texts, each preceded by its length, so that no two lists of texts have the same digest.
    package static func digest(ofParts parts: [String]) -> [UInt8] {
        digest(message(of: parts))
    }

    /// The authentication code of several texts, each preceded by its length: `digest(ofParts:)`.
    package static func authenticationCode(ofParts parts: [String], key: [UInt8]) -> [UInt8] {
        authenticationCode(of: message(of: parts), key: key)
    }

    private static func message(of parts: [String]) -> [UInt8] {
        var message: [UInt8] = []
        for part in parts {
            message += Array("\(part.utf8.count):".utf8)
            message += part.utf8
        }
        return message
    }

    /// The digest of `text`'s UTF-8 as 64 lower-case hexadecimal digits.
    package static func hexDigest(_ text: String) -> String {
        hexadecimal(digest(Array(text.utf8)))
    }

    /// `bytes` as lower-case hexadecimal digits, two a byte.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            for (index, byte) in bytes.enumerated() {
                buffer[index * 2] = digits[Int(byte >> 4)]
                buffer[index * 2 + 1] = digits[Int(byte & 15)]
            }
            return bytes.count * 2
        }
    }
}
