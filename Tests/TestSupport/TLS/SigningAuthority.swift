import Foundation
import Synchronization

/// Certificates for signing Alexa's requests, of the tests' own CA, created by the `openssl` command.
package final class SigningAuthority: Sendable {
    /// A certificate and its key, in PEM files.
    package struct Certificate: Sendable {
        let name: String
        package let file: String
        let key: String

        package var pem: [UInt8] { (try? Array(Data(contentsOf: URL(filePath: file)))) ?? [] }
    }

    package enum Kind: String {
        case rsa, ec
    }

    package static let authorityExtensions = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign"

    package let root: Certificate
    package let intermediate: Certificate
    /// The leaf, signed by the intermediate, with `echo-api.amazon.com` as its only alternative name.
    package let leaf: Certificate
    private let directory: URL
    /// Locked while `openssl ca` writes its list, which it does not lock.
    private let issuing = Mutex(())

    package init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "signing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try Data().write(to: directory.appending(path: "index"))
        try Self.write(
            """
            [ca]
            default_ca = it
            [it]
            database = \(directory.path)/index
            new_certs_dir = \(directory.path)
            policy = any
            unique_subject = no
            rand_serial = yes
            [any]
            commonName = supplied
            """, to: directory.appending(path: "ca.conf"))
        root = Certificate(
            name: "root", file: "\(directory.path)/root.pem", key: try Self.key("root", .rsa, in: directory))
        intermediate = Certificate(
            name: "intermediate", file: "\(directory.path)/intermediate.pem",
            key: try Self.key("intermediate", .rsa, in: directory))
        leaf = Certificate(
            name: "leaf", file: "\(directory.path)/leaf.pem", key: try Self.key("leaf", .rsa, in: directory))
        try issue(root, by: nil, Self.authorityExtensions)
        try issue(intermediate, by: root, Self.authorityExtensions)
        try issue(leaf, by: intermediate, "subjectAltName=DNS:echo-api.amazon.com")
    }

    deinit {
        removeFiles()
    }

    package func removeFiles() {
        try? FileManager.default.removeItem(at: directory)
    }

    /// Returns a certificate, under the leaf's key unless another kind is requested; without an issuer it signs itself.
    package func certificate(
        _ extensions: String = "subjectAltName=DNS:echo-api.amazon.com", commonName: String = "signer",
        by issuer: Certificate?, kind: Kind? = nil, digest: String = "sha256", days: ClosedRange<Int> = -1...10
    ) throws -> Certificate {
        let name = UUID().uuidString
        let key = try kind.map { try Self.key(name, $0, in: directory) } ?? leaf.key
        let made = Certificate(name: commonName, file: "\(directory.path)/\(name).pem", key: key)
        try issue(made, by: issuer, extensions, digest: digest, days: days)
        return made
    }

    private func issue(
        _ certificate: Certificate, by issuer: Certificate?, _ extensions: String, digest: String = "sha256",
        days: ClosedRange<Int> = -1...30
    ) throws {
        let (request, section) = ("\(certificate.file).csr", "\(certificate.file).ext")
        try Self.write(extensions, to: URL(filePath: section))
        try openssl([
            "req", "-new", "-key", certificate.key, "-subj", "/CN=\(certificate.name)", "-out", request,
        ])
        let signer = issuer.map { ["-cert", $0.file, "-keyfile", $0.key] }
        let arguments =
            [
                "ca", "-batch", "-notext", "-config", "\(directory.path)/ca.conf", "-in", request, "-out",
                certificate.file, "-extfile", section, "-md", digest, "-startdate", Self.date(days.lowerBound),
                "-enddate", Self.date(days.upperBound),
            ] + (signer ?? ["-selfsign", "-keyfile", certificate.key])
        try issuing.withLock { _ in try openssl(arguments) }
    }

    /// Returns the signature over a body, in base64, in the header's form.
    package func sign(_ body: [UInt8], with certificate: Certificate? = nil, digest: String = "sha256") throws -> String
    {
        let file = directory.appending(path: UUID().uuidString)
        try Data(body).write(to: file)
        let key = (certificate ?? leaf).key
        try openssl(["dgst", "-\(digest)", "-sign", key, "-out", "\(file.path).sig", file.path])
        return try Data(contentsOf: URL(filePath: "\(file.path).sig")).base64EncodedString()
    }

    private static func key(_ name: String, _ kind: Kind, in directory: URL) throws -> String {
        let file = "\(directory.path)/\(name).key"
        let options =
            kind == .rsa ? ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"] : ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
        try openssl(["genpkey", "-algorithm"] + options + ["-out", file])
        return file
    }

    /// Returns a time some days from now in the form of `openssl ca`.
    private static func date(_ days: Int) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "yyyyMMddHHmmss'Z'"
        return formatter.string(from: Date(timeIntervalSinceNow: Double(days) * 86400))
    }

    private static func write(_ text: String, to file: URL) throws {
        try Data("\(text)\n".utf8).write(to: file)
    }
}
