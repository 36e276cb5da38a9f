import Calling
import Crypto
import Encoding

/// The stable link to a contact's recording: what the CRM keeps, since a presigned URL dies within hours.
///
/// `<base>/recordings/<contactId>?sig=<signature of the contact's id>`; where links expire,
/// `…?exp=<epoch second>&sig=<signature of the contact's id, a full stop and that number>`. A signature is HMAC-SHA-256
/// in lower-case hexadecimal digits.
package struct RecordingLink: Sendable {
    /// The result of checking a link.
    package enum Validity: Sendable, Equatable {
        case valid
        /// The signature is not that of the link, or the link lacks the day on which it expires.
        case invalid
        /// The signature is right, and the link's time is over.
        case expired
    }

    private let base: String
    private let secret: LinkSecret
    private let days: Int?

    /// - Parameter days: `RECORDING_LINK_DAYS`; nil for links that do not expire.
    package init(base: String, secret: LinkSecret, days: Int? = nil) {
        self.base = base
        self.secret = secret
        self.days = days
    }

    /// The base URL's path, decoded: empty, or with a slash at its beginning.
    package var basePath: String { PercentEncoding.decode(Endpoint(parsing: base)?.basePath ?? "") }

    /// Throws an `EnvironmentError` while the secret is too short to sign with: `LinkSecret.checkLength`.
    package func checkSecret(deadline: ContinuousClock.Instant) async throws {
        try await secret.checkLength(deadline: deadline)
    }

    /// Returns the link; everyone who has it can hear the recording until it expires.
    ///
    /// Every function that makes it makes the same one, so that a row that is written again does not change.
    /// - Parameter day: The day in the recording's key, after which the days are counted.
    package func url(of contact: ContactID, recordedOn day: Day) -> String {
        let expiry = days.map { String(day.adding(days: $0 + 1).epochSeconds) }
        let signature = Self.signature(of: Self.signed(contact.text, expiry), secret.texts.first ?? "")
        return "\(base)/recordings/\(contact.text)?\(expiry.map { "exp=\($0)&" } ?? "")sig=\(signature)"
    }

    /// Checks a link's signature in constant time, and then its day.
    ///
    /// A signature that is not right has the secret read again, at most once in 30 seconds: it may have been rotated.
    /// Throws when it cannot be read, and when it is too short by now.
    /// - Parameters:
    ///   - id: The text of the link's path, whatever its form.
    ///   - expiry: The text of `exp`; nil for a link without.
    ///   - now: The epoch second.
    package func validity(
        of id: String, signature: String, expiry: String?, now: Int, deadline: ContinuousClock.Instant
    ) async throws -> Validity {
        if days != nil, expiry == nil { return .invalid }
        let signed = Self.signed(id, expiry)
        if !isSigned(signed, signature) {
            guard signature.utf8.count == 64, try await secret.hasChanged(deadline: deadline) else { return .invalid }
            try await secret.checkLength(deadline: deadline)
            guard isSigned(signed, signature) else { return .invalid }
        }
        guard let expiry else { return .valid }
        guard let last = Int(expiry) else { return .invalid }
        return now < last ? .valid : .expired
    }

    /// Returns true when the signature is one of either secret; both are always computed.
    private func isSigned(_ text: String, _ signature: String) -> Bool {
        secret.texts.map { ConstantTime.isSame(signature, Self.signature(of: text, $0)) }.contains(true)
    }

    private static func signed(_ id: String, _ expiry: String?) -> String { expiry.map { "\(id).\($0)" } ?? id }

    private static func signature(of text: String, _ secret: String) -> String {
        SHA256.hexadecimal(SHA256.authenticationCode(of: Array(text.utf8), key: Array(secret.utf8)))
    }
}
