import Crypto
import Encoding
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

    /// Returns the signature that an event's headers hold: 28 characters of base64, 20 bytes; nil without one, with
    /// several, and for anything else. Nothing but the headers is looked at.
    package static func signature(in headers: HTTPHeaders) -> WebhookSignature? {
        let values = headers.values(of: "X-Twilio-Signature")
        return values.count == 1 ? WebhookSignature(parsing: values[0]) : nil
    }

    /// Returns Twilio's request, when the event is signed with `token`; nil when it is not, or has no signature.
    ///
    /// A form is signed with its parameters. Any other body must have the SHA-256 that the URL's `bodySHA256` names,
    /// and then only the URL is signed.
    package func verified(_ event: HTTPEvent, token: String) -> TwilioRequest? {
        guard let signature = Self.signature(in: event.headers), let body = event.content.bytes else { return nil }
        let form = event.holdsForm ? FormBody(body) : nil
        guard form != nil || Self.isSigned(body, by: event) else { return nil }
        let signed = form.map(Self.signedText) ?? []
        let key = Array(token.utf8)
        let reading = base.reading(of: event, formBytes: signed.count) { url in
            ConstantTime.isSame(HMACSHA1.authenticationCode(of: Array(url.utf8) + signed, key: key), signature.bytes)
        }
        return reading.map { reading in
            TwilioRequest(
                method: event.method, path: reading.path, pathWithoutStage: base.withoutStage(reading.path, of: event),
                parameters: form?.texts ?? Self.members(of: body))
        }
    }

    /// Returns the value of `X-Twilio-Signature` for a request to `url`, with its query, and with the parameters of a
    /// form.
    package static func text(of url: String, _ parameters: [(name: String, value: String)], token: String) -> String {
        let form = FormBody(Array(PercentEncoding.form(parameters).utf8))
        let code = HMACSHA1.authenticationCode(of: Array(url.utf8) + signedText(of: form), key: Array(token.utf8))
        return Base64.encode(code)
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
    /// Twilio compares code points, which is the order of UTF-8's bytes.
    private static func signedText(of form: FormBody) -> [UInt8] {
        let bytes = form.bytes
        func order(_ left: FormBody.Parameter, _ right: FormBody.Parameter) -> Int {
            let names = ByteOrder.of(bytes, left.name, right.name)
            return names == 0 ? ByteOrder.of(bytes, left.value, right.value) : names
        }
        let sorted = form.parameters.sorted { order($0, $1) < 0 }
        var signed: [UInt8] = []
        signed.reserveCapacity(bytes.count)
        for (index, parameter) in sorted.enumerated() where index == 0 || order(sorted[index - 1], parameter) != 0 {
            signed += bytes[parameter.name]
            signed += bytes[parameter.value]
        }
        return signed
    }

    private static func isSigned(_ body: [UInt8], by event: HTTPEvent) -> Bool {
        guard let named = event.query("bodySHA256") else { return false }
        return ConstantTime.isSame(SHA256.hexadecimal(SHA256.digest(body)), named)
    }
}

/// The order of runs of bytes within one array.
private enum ByteOrder {
    /// Returns less than, equal to or more than 0.
    static func of(_ bytes: [UInt8], _ left: Range<Int>, _ right: Range<Int>) -> Int {
        let count = min(left.count, right.count)
        var offset = 0
        while offset < count {
            let difference = Int(bytes[left.lowerBound + offset]) - Int(bytes[right.lowerBound + offset])
            if difference != 0 { return difference }
            offset += 1
        }
        return left.count - right.count
    }
}
