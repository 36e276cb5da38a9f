/// HMAC-SHA-1, which Twilio signs its webhooks with, computed by OpenSSL.
///
/// The computation fails only when memory has run out, which ends the process as it does anywhere else in Swift.
package enum HMACSHA1 {
    /// Returns the 20-byte authentication code of `message` under `key`.
    package static func authenticationCode(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        MessageDigest.sha1.authenticationCode(of: message, key: key)
    }
}
