import Crypto
package import Encoding
import HTTPClient
package import HTTPTypes

/// Signature Version 4: adds the proof to a request that the credentials' owner made it.
///
/// A pure function of the request, the credentials, the region, the service and the time; only derived keys are cached
/// between calls. "AWS Signature Version 4 for API requests" in the IAM User Guide.
package struct Signer: Sendable {
    /// The rule that makes the canonical request's path of the path on the wire.
    package enum PathRule: Sendable {
        /// Every service but S3: dot segments and repeated slashes removed, and the path on the wire encoded again.
        case normalizedAndEncodedAgain
        /// The path on the wire encoded again, as it stands: no service asks for it, but AWS's own test suite does.
        case encodedAgain
        /// S3: encoded once and not normalised, since a key may hold `//` and `..`.
        case encodedOnce
    }

    let credentials: Credentials
    let region: String
    let service: String
    let pathRule: PathRule
    let omitsSessionToken: Bool
    private let keys: SigningKeys

    /// A signer for one service in one region.
    ///
    /// - Parameters:
    ///   - service: The signing name, such as `ses` or `sms-voice`; not always the host's first label.
    ///   - omitsSessionToken: Adds the session token after signing, for the few services that require that.
    package init(
        credentials: Credentials, region: String, service: String, pathRule: PathRule = .normalizedAndEncodedAgain,
        omitsSessionToken: Bool = false
    ) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.pathRule = pathRule
        self.omitsSessionToken = omitsSessionToken
        self.keys = SigningKeys()
    }

    /// Returns the request with `X-Amz-Date`, the session token if there is one, and `Authorization` added.
    ///
    /// The signature covers the authority and every header of the request, except those that clients and proxies
    /// change. Its path, query included, must be in the form sent on the wire.
    /// - Parameter addsBodyHash: Also adds, and signs, `x-amz-content-sha256`; S3 requires it.
    package func sign(_ request: HTTPRequest, body: [UInt8] = [], addsBodyHash: Bool = false, at time: UTCTime)
        -> HTTPRequest
    {
        signing(request, body: body, addsBodyHash: addsBodyHash, at: time).request
    }

    /// Returns the request with the signature in its query; anyone who holds the URL can send it within `seconds`.
    ///
    /// - Parameters:
    ///   - body: The body that must be sent, or nil to leave it open (`UNSIGNED-PAYLOAD`), as for S3's objects.
    ///   - seconds: 1 to 604,800; temporary credentials end earlier, and the URL with them.
    package func presign(_ request: HTTPRequest, body: [UInt8]? = nil, expiresIn seconds: Int, at time: UTCTime)
        -> HTTPRequest
    {
        presigning(request, body: body, expiresIn: seconds, at: time).request
    }

    /// Every stage of a signature, for the tests that compare them.
    struct Signing {
        var canonical: CanonicalRequest
        var stringToSign: [UInt8]
        var signature: String
        var request: HTTPRequest
    }

    func signing(_ request: HTTPRequest, body: [UInt8], addsBodyHash: Bool, at time: UTCTime) -> Signing {
        let bodyHash = SHA256.hexDigest(body)
        let stamp = Stamp(time, region: region, service: service)
        var request = request
        if !omitsSessionToken { request.headerFields.set(.amzSecurityToken, to: credentials.sessionToken) }
        request.headerFields.set(.amzDate, to: stamp.time)
        if addsBodyHash { request.headerFields.set(.amzContentSHA256, to: bodyHash) }

        let canonical = CanonicalRequest(request, pathRule: pathRule, bodyHash: bodyHash)
        var signing = signature(of: canonical, at: stamp)
        if omitsSessionToken { request.headerFields.set(.amzSecurityToken, to: credentials.sessionToken) }
        let authorization = [UInt8](
            texts: Self.algorithm, " Credential=", credentials.accessKeyID, "/", stamp.scope, ", SignedHeaders=",
            canonical.signedHeaders, ", Signature=", signing.signature)
        request.headerFields.set(.authorization, to: String(decoding: authorization, as: UTF8.self))
        signing.request = request
        return signing
    }

    func presigning(_ request: HTTPRequest, body: [UInt8]?, expiresIn seconds: Int, at time: UTCTime) -> Signing {
        let bodyHash = body.map { SHA256.hexDigest($0) } ?? "UNSIGNED-PAYLOAD"
        let stamp = Stamp(time, region: region, service: service)
        var request = request
        var items = [
            (name: "X-Amz-Algorithm", value: Self.algorithm),
            (name: "X-Amz-Credential", value: "\(credentials.accessKeyID)/\(stamp.scope)"),
            (name: "X-Amz-Date", value: stamp.time),
            (name: "X-Amz-SignedHeaders", value: CanonicalRequest.signedHeaders(of: request)),
            (name: "X-Amz-Expires", value: String(seconds)),
        ]
        let token = credentials.sessionToken.map { [(name: "X-Amz-Security-Token", value: $0)] } ?? []
        if !omitsSessionToken { items += token }
        request.appendQuery(items)

        var signing = signature(of: CanonicalRequest(request, pathRule: pathRule, bodyHash: bodyHash), at: stamp)
        request.appendQuery((omitsSessionToken ? token : []) + [(name: "X-Amz-Signature", value: signing.signature)])
        signing.request = request
        return signing
    }

    private static let algorithm = "AWS4-HMAC-SHA256"

    /// The time and place of a signature, as each of its parts has them.
    private struct Stamp {
        let time: String
        let day: String
        let scope: String

        init(_ time: UTCTime, region: String, service: String) {
            self.time = time.basic
            day = time.compactDate
            scope = "\(day)/\(region)/\(service)/aws4_request"
        }
    }

    private func signature(of canonical: CanonicalRequest, at stamp: Stamp) -> Signing {
        let stringToSign = [UInt8](
            texts: Self.algorithm, "\n", stamp.time, "\n", stamp.scope, "\n", SHA256.hexDigest(canonical.bytes))
        let key = keys.key(
            day: stamp.day, region: region, service: service, secretAccessKey: credentials.secretAccessKey)
        let signature = SHA256.authenticationCode(of: stringToSign, key: key)
        return Signing(
            canonical: canonical, stringToSign: stringToSign,
            signature: SHA256.hexadecimal(signature), request: canonical.request)
    }
}
