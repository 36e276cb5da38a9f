import AWS
import Crypto

/// The identity of a send, as a hash: the table never holds its inputs.
package struct IdempotencyKey: Sendable, Equatable {
    /// The item's `id`: 64 hexadecimal digits.
    package let id: String

    /// Hashes a key of the caller's choosing; it wins over the content.
    package init(function: String, given key: String) {
        id = Self.hash([function, "key", key])
    }

    /// Hashes the content of a send: the call's contact, the template, the recipient, and the rendered texts.
    package init(function: String, contactID: String, template: String, destination: String, content: [String]) {
        id = Self.hash([function, "content", contactID, template, destination, Self.hash(content)])
    }

    private static func hash(_ parts: [String]) -> String {
        SHA256.hexadecimal(SHA256.digest(ofParts: parts))
    }
}
