import COpenSSL
import Foundation

@testable import AlexaVerification

extension ParserTarget {
    /// What an unknown caller can have read before a signature holds: the URL of a signing chain (`u`), the chain in PEM (`p`),
    /// the timestamp (`t`). The first byte says which.
    static let certificates = ParserTarget(
        name: "certificates",
        tokens: [
            "uhttps://", "s3.amazonaws.com", ":443", "/echo.api/", "/../", "%2e", "@", "\\",
            "-----BEGIN CERTIFICATE-----\n",
            "-----END CERTIFICATE-----\n", "-----BEGIN X509 CRL-----", "Proc-Type: 4,ENCRYPTED", "MII", "==", "t2026-",
            "T00:00:00", "+01:00", ".5Z",
        ],
        seeds: {
            let chain = try Certificates.chain
            return [
                "uhttps://s3.amazonaws.com/echo.api/echo-api-cert-12.pem",
                "uHTTPS://S3.amazonaws.com:443/a/../echo.api/./c.pem",
                "t2026-05-13T12:34:56Z", "t2026-02-28T23:59:59.999+05:30",
            ].map { Array($0.utf8) } + [Array("p".utf8) + chain, Array("p".utf8) + chain.prefix(chain.count / 2)]
        },
        check: checkCertificate)

    private static func checkCertificate(_ input: [UInt8]) throws {
        let rest = Array(input.dropFirst())
        switch input.first {
        case UInt8(ascii: "u"): try checkURL(String(decoding: rest, as: UTF8.self))
        case UInt8(ascii: "t"): try checkTimestamp(String(decoding: rest, as: UTF8.self))
        default: try checkChain(rest)
        }
    }

    private static func checkURL(_ text: String) throws {
        guard let url = try read(VerificationError.self, body: { try ChainURL(text) }) else { return }
        try Finding.unless(url.path.hasPrefix("/echo.api/"), "a chain outside /echo.api/: \(url.path)")
        try Finding.unless(!url.path.split(separator: "/").contains(".."), "a path that leads up: \(url.path)")
        let again = try read(VerificationError.self) { try ChainURL("https://\(ChainURL.host)\(url.path)") }
        try Finding.unless(again == url, "a URL that was accepted is read as another")
        guard let components = URLComponents(string: text), let resolved = components.url?.standardized else {
            throw Finding("Foundation cannot read a URL that we accept")
        }
        let isSame =
            components.scheme?.lowercased() == "https" && components.host?.lowercased() == ChainURL.host
            && components.user == nil && components.query == nil && components.fragment == nil
            && (components.port == nil || components.port == 443)
            && resolved.path(percentEncoded: true).hasPrefix("/echo.api/")
        try Finding.unless(isSame, "Foundation reads another place than we do")
    }

    private static func checkTimestamp(_ text: String) throws {
        guard let seconds = RequestTimestamp.seconds(text) else { return }
        // The strategy takes neither offsets without a colon nor every length of a fraction.
        let plain = text.replacing(/\.[0-9]+/, with: "").replacing(/([+-][0-9]{2})([0-9]{2})$/) {
            "\($0.output.1):\($0.output.2)"
        }
        if let date = try? Date(plain, strategy: .iso8601) {
            try Finding.unless(
                Int(date.timeIntervalSince1970) == seconds || seconds < -10_000_000_000,
                "Foundation reads another time than we do: \(seconds)")
        }
        _ = try read(VerificationError.self) { try RequestTimestamp.check(text, requestType: "x", now: 1_800_000_000) }
    }

    /// Nobody but the owner of our root can make a chain that holds: whatever does must begin with the leaf that was issued.
    private static func checkChain(_ pem: [UInt8]) throws {
        _ = CertificateList(pem: pem)
        let roots = RootStore(.pem(try Certificates.root))
        guard let chain = try read(VerificationError.self, body: { try roots.verify(pem, at: Certificates.time) })
        else {
            return
        }
        guard let sent = CertificateList(pem: pem), let ours = CertificateList(pem: try Certificates.leaf) else {
            throw Finding("a chain holds that is none")
        }
        let isOurs = withExtendedLifetime((sent, ours)) { X509_cmp(sent.first, ours.first) == 0 }
        try Finding.unless(isOurs, "a chain holds that our authority has not issued")
        try Finding.unless(!chain.hasSigned([1], signature: pem), "a chain takes a signature that nobody made")
    }
}
