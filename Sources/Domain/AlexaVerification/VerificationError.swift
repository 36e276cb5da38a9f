/// The reason why an HTTP request is not accepted as Alexa's; the response is 400 for all of them.
///
/// `description` holds nothing of the request but names from our own rules.
package struct VerificationError: Error, Sendable, Equatable, CustomStringConvertible {
    package struct Code: Sendable, Equatable, CustomStringConvertible {
        package let description: String

        /// `SignatureCertChainUrl` or `Signature-256` is missing, or there several times.
        package static let missingHeader = Code(description: "missingHeader")
        /// The timestamp is missing, not ISO 8601, or too far off.
        package static let staleTimestamp = Code(description: "staleTimestamp")
        /// The chain's URL is not one that Alexa uses; nothing was fetched.
        package static let forbiddenURL = Code(description: "forbiddenURL")
        /// The chain could not be fetched whole, in time, with status 200.
        package static let chainNotFetched = Code(description: "chainNotFetched")
        /// The chain is malformed, not Alexa's, not valid now, or leads to no trusted root.
        package static let untrustedChain = Code(description: "untrustedChain")
        /// The signature is not base64, or not the leaf's over this body.
        package static let wrongSignature = Code(description: "wrongSignature")
        /// The roots to trust cannot be read: a fault on our side.
        package static let noTrustedRoots = Code(description: "noTrustedRoots")
    }

    package let code: Code
    package let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
