import AWS
import Crypto

/// What makes two sends the same one, as a hash: the table never holds what it is made of.
package struct IdempotencyKey: Sendable, Equatable {
    /// The item's `id`: 64 hexadecimal digits.
    package let id: String

    /// A key of the caller's choosing; it wins over the content.
    package init(function: String, given key: String) {
        id = Self.hash([function, "key", key])
    }

    /// A key made of what is sent: for which call's contact, from which template, to whom, and the rendered texts.
    package init(function: String, contactID: String, template: String, destination: String, content: [String]) {
        id = Self.hash([function, "content", contactID, template, destination, Self.hash(content)])
    }

    private static func hash(_ parts: [String]) -> String {
        SHA256.hexadecimal(SHA256.digest(ofParts: parts))
    }
}
