import AWS
import Crypto

/// The identity of a send, as a hash: the table never holds its inputs.
package struct IdempotencyKey: Sendable, Equatable {
    /// The item's `id`: 64 hexadecimal digits.
    package let id: String
    /// The hash of template, recipient and content, stored beside the id: another one under the same key is refused.
    package let content: String

    /// Hashes a key of the caller's choosing, which is good for one content: the template, the recipient, and the
    /// rendered texts. An operation of another kind gives its name for the template, and its values for the texts.
    package init(function: String, given key: String, template: String, destination: String, content: [String]) {
        id = Self.hash([function, "key", key])
        self.content = Self.hash(template, destination, content)
    }

    /// Hashes the content of a send: the call's contact, the template, the recipient, and the rendered texts.
    package init(function: String, contactID: String, template: String, destination: String, content: [String]) {
        id = Self.hash([function, "content", contactID, template, destination, Self.hash(content)])
        self.content = Self.hash(template, destination, content)
    }

    /// Hashes the key that the caller gives, else the content.
    package init(
        function: String, given key: String?, contactID: String, template: String, destination: String,
        content: [String]
    ) {
        if let key {
            self.init(
                function: function, given: key, template: template, destination: destination, content: content)
        } else {
            self.init(
                function: function, contactID: contactID, template: template, destination: destination,
                content: content)
        }
    }

    private static func hash(_ template: String, _ destination: String, _ content: [String]) -> String {
        hash(["fingerprint", template, destination, hash(content)])
    }

    private static func hash(_ parts: [String]) -> String {
        SHA256.hexadecimal(SHA256.digest(ofParts: parts))
    }
}
