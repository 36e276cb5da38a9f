import Encoding
package import HTTPEvents

/// The two headers that Alexa signs a request with, well formed. Nothing has been checked by them yet.
package struct SignatureHeaders: Sendable {
    /// The longest `Signature-256`: that of an RSA key of 8,192 bits.
    private static let longestSignature = 1368

    let signature: [UInt8]
    let url: ChainURL

    /// Throws for headers that are missing or there several times, a `Signature-256` that is not base64, and a
    /// `SignatureCertChainUrl` that Alexa does not use. The older `Signature`, over SHA-1, does not count.
    package init(_ headers: HTTPHeaders) throws(VerificationError) {
        let text = try Self.only("Signature-256", in: headers)
        guard text.utf8.count <= Self.longestSignature, let signature = Base64.decode(text), !signature.isEmpty else {
            throw VerificationError(.wrongSignature, "Signature-256 is not base64.")
        }
        self.signature = signature
        url = try ChainURL(Self.only("SignatureCertChainUrl", in: headers))
    }

    private static func only(_ name: String, in headers: HTTPHeaders) throws(VerificationError) -> String {
        let values = headers.values(of: name)
        guard values.count == 1, !values[0].isEmpty else {
            throw VerificationError(
                .missingHeader, values.count > 1 ? "\(name) occurs \(values.count) times." : "\(name) is missing.")
        }
        return values[0]
    }
}
