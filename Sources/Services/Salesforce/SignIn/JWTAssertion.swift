import Crypto
import Encoding
import JSON

/// The signed statement of the JWT bearer grant.
///
/// "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration" in Salesforce Help.
struct JWTAssertion: Encodable {
    /// The connected app's consumer key.
    let iss: String
    /// The user's name.
    let sub: String
    /// The login host, whatever host is called.
    let aud: String
    /// Epoch seconds; Salesforce accepts at most three minutes from now.
    let exp: Int

    /// The lifetime of an assertion: room for clocks that differ, within the three minutes.
    private static let seconds = 120
    /// The difference between our clock and Salesforce's that such an assertion bears, with time for the way.
    static let acceptedDifference = Duration.seconds(30)

    init(clientID: String, username: String, audience: String, at time: Duration) {
        iss = clientID
        sub = username
        aud = audience
        exp = Int(time.components.seconds) + Self.seconds
    }

    /// The assertion in JWS compact form, RS256; nil when it cannot be signed.
    func signed(with key: borrowing RSAPrivateKey) -> String? {
        guard let claims = try? JSONText.encode(self) else { return nil }
        let content = Self.base64URL(#"{"alg":"RS256","typ":"JWT"}"#.utf8) + "." + Self.base64URL(claims)
        return key.signature(of: Array(content.utf8)).map { content + "." + Self.base64URL($0) }
    }

    private static func base64URL(_ bytes: some Collection<UInt8>) -> String {
        String(
            decoding: Base64.encode(bytes).utf8.compactMap { byte in
                switch byte {
                case UInt8(ascii: "+"): UInt8(ascii: "-")
                case UInt8(ascii: "/"): UInt8(ascii: "_")
                case UInt8(ascii: "="): nil
                default: byte
                }
            }, as: UTF8.self)
    }
}
