import Encoding

/// A well-formed value of `X-Twilio-Signature`.
package struct WebhookSignature: Sendable {
    /// The HMAC-SHA-1: 20 bytes.
    let bytes: [UInt8]

    /// Returns nil for anything but 28 characters of base64 that hold 20 bytes, and no bits beside them.
    init?(parsing text: String) {
        guard text.utf8.count == 28, let bytes = Base64.decode(text), bytes.count == 20,
            // Of the last character, two bits are left over.
            "AEIMQUYcgkosw048".utf8.contains(text.utf8.dropLast().last ?? 0)
        else { return nil }
        self.bytes = bytes
    }
}
