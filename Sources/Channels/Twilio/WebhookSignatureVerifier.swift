import Crypto
import FoundationEssentials
package import HTTPEvents
import JSON
import Settings

/// The check of `X-Twilio-Signature`. "Security" in Twilio's documentation.
///
/// The signature is the HMAC-SHA-1, in base64, of the URL and the form's parameters under the account's auth token.
package struct WebhookSignatureVerifier: Sendable {
    private let base: PublicBaseURL

    package init(base: PublicBaseURL) {
        self.base = base
    }

    /// Returns Twilio's request, when the event is signed with `token`; nil when it is not, or has no signature.
    ///
    /// A form is signed with its parameters. Any other body must have the SHA-256 that the URL's `bodySHA256` names,
    /// and then only the URL is signed.
    package func verified(_ event: HTTPEvent, token: String) -> TwilioRequest? {
        let signatures = event.headers.values(of: "X-Twilio-Signature")
        guard signatures.count == 1, let signature = signatures.first, !event.isBodyMalformed else { return nil }
        let parameters = event.formParameters
        guard parameters != nil || Self.hasSignedBody(event) else { return nil }
        var own: String?
        // Every candidate is computed, whichever matches, so that the time reveals nothing.
        for path in base.ownPaths(in: event.path) {
            for url in base.signedURLs(of: path, query: event.rawQuery) {
                let expected = Self.text(of: url, parameters ?? [], token: token)
                if ConstantTime.isSame(expected, signature), own == nil { own = path }
            }
        }
        return own.map {
            TwilioRequest(method: event.method, path: $0, parameters: parameters ?? Self.members(of: event.body))
        }
    }

    /// Returns the value of `X-Twilio-Signature` for a request to `url`, with its query, and with the parameters of a
    /// form.
    package static func text(of url: String, _ parameters: [(name: String, value: String)], token: String) -> String {
        let code = HMACSHA1.authenticationCode(
            of: Array(url.utf8) + signedText(of: parameters), key: Array(token.utf8))
        return Data(code).base64EncodedString()
    }

    /// Returns the strings, numbers and booleans of a JSON object, in the order of their names.
    private static func members(of body: [UInt8]) -> [(name: String, value: String)] {
        let members = (try? JSONValue(parsing: body))?.object ?? [:]
        return members.sorted { $0.key < $1.key }.compactMap { member in
            member.value.scalarText.map { (member.key, $0) }
        }
    }

    /// Returns the names in byte order, each name's different values too, every value after its name.
    ///
    /// Swift compares strings by canonical equivalence; Twilio compares code points, which is the order of UTF-8's
    /// bytes.
    private static func signedText(of parameters: [(name: String, value: String)]) -> [UInt8] {
        var pairs = parameters.map { (name: Array($0.name.utf8), value: Array($0.value.utf8)) }
        pairs.sort { left, right in
            left.name == right.name
                ? left.value.lexicographicallyPrecedes(right.value)
                : left.name.lexicographicallyPrecedes(right.name)
        }
        var signed: [UInt8] = []
        for (index, pair) in pairs.enumerated() where index == 0 || pairs[index - 1] != pair {
            signed += pair.name + pair.value
        }
        return signed
    }

    private static func hasSignedBody(_ event: HTTPEvent) -> Bool {
        guard let named = event.query("bodySHA256") else { return false }
        return ConstantTime.isSame(SHA256.hexadecimal(SHA256.digest(event.body)), named)
    }
}
