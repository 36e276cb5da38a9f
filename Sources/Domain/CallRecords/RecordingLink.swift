package import AWS
import Calling
import Crypto
import Encoding
package import Settings

/// The stable link to a contact's recording: what the CRM keeps, since a presigned URL dies within hours.
///
/// `<base>/recordings/<contactId>?sig=<HMAC-SHA-256 of the contact's id, in lower-case hexadecimal digits>`.
package struct RecordingLink: Sendable {
    private let base: String
    private let secret: LinkSecret

    package init(base: String, secret: LinkSecret) {
        self.base = base
        self.secret = secret
    }

    /// The base URL's path, decoded: empty, or with a slash at its beginning.
    package var basePath: String { PercentEncoding.decode(Endpoint(parsing: base)?.basePath ?? "") }

    /// The link; everyone who has it can hear the recording.
    package func url(of contact: ContactID) -> String {
        "\(base)/recordings/\(contact.text)?sig=\(signature(of: contact.text))"
    }

    /// Returns true when the signature is the id's own, compared in constant time.
    package func isValid(_ signature: String, of id: String) -> Bool {
        ConstantTime.isSame(signature, self.signature(of: id))
    }

    /// As `isValid(_:of:)`, after another look at the secret when there is a signature that does not hold: it may have been
    /// rotated.
    package func isValid(_ signature: String, of id: String, deadline: ContinuousClock.Instant) async throws -> Bool {
        if isValid(signature, of: id) { return true }
        guard signature.utf8.count == 64, try await secret.hasChanged(deadline: deadline) else { return false }
        return isValid(signature, of: id)
    }

    private func signature(of id: String) -> String {
        SHA256.hexadecimal(SHA256.authenticationCode(of: Array(id.utf8), key: Array(secret.text.utf8)))
    }
}

extension RecordingLink {
    /// `RECORDING_LINK_BASE_URL`, without a slash at its end.
    package static var baseVariable: Variable<String> {
        .required(
            "RECORDING_LINK_BASE_URL", "the public URL of this function's HTTP trigger",
            expecting: "\(Endpoint.outsideExpectation); it has at most \(longestBase) characters",
            parse: base)
    }

    /// The variable that names the secret.
    package static let secretName = "RECORDING_LINK_SECRET_ARN"

    /// `RECORDING_LINK_SECRET_ARN`, or `RECORDING_LINK_SECRET`.
    package static var secretVariable: Variable<KeyedSecret> {
        KeyedSecret.variable(
            secretName,
            .init(LinkSecret.name, "a long random text that signs the links", minimumLength: LinkSecret.minimumLength))
    }

    /// A field of type URL has room for 255 characters; the rest of a link to a UUID takes 117.
    private static let longestBase = 138

    private static func base(_ text: String) -> String? {
        guard Endpoint(outside: text) != nil, text.utf8.count <= longestBase,
            // What Endpoint would encode stands in the links as it is.
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        var base = text[...]
        while base.utf8.last == UInt8(ascii: "/") { base.removeLast() }
        return String(base)
    }
}
