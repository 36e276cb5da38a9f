import Calling
import Crypto
import Encoding
import Salesforce

/// The stable link to a contact's recording: what the CRM keeps, since a presigned URL dies within hours.
///
/// `<base>/recordings/<contactId>?sig=<HMAC-SHA-256 of the contact's id, in lower-case hexadecimal digits>`.
struct RecordingLink: Sendable {
    let base: String
    let secret: LinkSecret

    /// The base URL's path, decoded: empty, or with a slash at its beginning.
    var basePath: String { PercentEncoding.decode(Endpoint(parsing: base)?.basePath ?? "") }

    /// The link; whoever has it hears the recording.
    func url(of contact: ContactID) -> String {
        "\(base)/recordings/\(contact.text)?sig=\(signature(of: contact.text))"
    }

    /// Whether the signature is the id's own, compared in constant time.
    func isValid(_ signature: String, of id: String) -> Bool {
        ConstantTime.isSame(signature, self.signature(of: id))
    }

    /// As `isValid(_:of:)`, after another look at the secret when there is a signature that does not hold: it may have been
    /// rotated.
    func isValid(_ signature: String, of id: String, deadline: ContinuousClock.Instant) async throws -> Bool {
        if isValid(signature, of: id) { return true }
        guard signature.utf8.count == 64, try await secret.hasChanged(deadline: deadline) else { return false }
        return isValid(signature, of: id)
    }

    private func signature(of id: String) -> String {
        SHA256.hexadecimal(SHA256.authenticationCode(of: Array(id.utf8), key: Array(secret.text.utf8)))
    }
}
