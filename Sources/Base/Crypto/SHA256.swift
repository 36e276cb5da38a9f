import Encoding

/// SHA-256 and HMAC-SHA-256, computed by OpenSSL.
///
/// Both functions fail only when memory has run out, which ends the
/// process as it does anywhere else in Swift.
package enum SHA256 {
    /// The digest's length in bytes.
    package static let byteCount = 32

    /// The 32-byte digest of `bytes`.
    package static func digest(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes(MessageDigest.sha256.digest)
    }

    /// The 32-byte authentication code of `message` under `key`.
    package static func authenticationCode(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        MessageDigest.sha256.authenticationCode(of: message, key: key)
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
        message.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count + 8 })
        for part in parts {
            message.append(decimal: part.utf8.count)
            message.append(text: ":")
            message.append(text: part)
        }
        return message
    }

    /// The digest of `text`'s UTF-8 as 64 lower-case hexadecimal digits.
    package static func hexDigest(_ text: String) -> String {
        var text = text
        return hexadecimal(text.withUTF8 { MessageDigest.sha256.digest(UnsafeRawBufferPointer($0)) })
    }

    /// The digest of the bytes as 64 lower-case hexadecimal digits.
    package static func hexDigest(_ bytes: [UInt8]) -> String {
        hexadecimal(digest(bytes))
    }

    /// `bytes` as lower-case hexadecimal digits, two a byte.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            for (index, byte) in bytes.enumerated() {
                buffer[index * 2] = ASCII.hexDigit(byte >> 4)
                buffer[index * 2 + 1] = ASCII.hexDigit(byte & 15)
            }
            return bytes.count * 2
        }
    }
}
