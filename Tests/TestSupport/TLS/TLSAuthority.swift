import Foundation

/// A certificate and its key, in PEM files that live as long as the authority that made them.
package struct TLSCertificate: Sendable {
    package let certificateFile: String
    package let keyFile: String
    /// The TLS versions of a server with this certificate.
    package var serves = Versions.all

    package enum Versions: Sendable {
        case all
        case onlyTLS11
    }
}

/// The tests' own certificate authority, created by the `openssl` command in a temporary directory.
package final class TLSAuthority: Sendable {
    /// The validity of a certificate.
    package enum Validity: Sendable {
        case valid
        /// The certificate expired yesterday.
        case expired
    }

    /// The PEM file for `SSL_CERT_FILE`: this authority alone.
    package let bundle: String
    private let directory: URL

    package init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        bundle = directory.appending(path: "ca.pem").path
        try openssl(
            Self.newKey + [
                "-x509", "-days", "2", "-subj", "/CN=Tests", "-keyout", file("ca.key"), "-out", bundle,
                "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign",
            ])
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    /// Returns a certificate for a DNS name or, written as one, an IP address.
    package func certificate(for host: String, _ validity: Validity = .valid) throws -> TLSCertificate {
        let name = UUID().uuidString
        let made = TLSCertificate(certificateFile: file("\(name).pem"), keyFile: file("\(name).key"))
        let isAddress = host.allSatisfy { $0.isNumber || $0 == "." }
        try Data("subjectAltName=\(isAddress ? "IP" : "DNS"):\(host)\n".utf8).write(
            to: directory.appending(path: "\(name).ext"))
        try openssl(Self.newKey + ["-subj", "/CN=\(host)", "-keyout", made.keyFile, "-out", file("\(name).csr")])
        try openssl([
            "x509", "-req", "-in", file("\(name).csr"), "-CA", bundle, "-CAkey", file("ca.key"), "-CAcreateserial",
            "-days", validity == .valid ? "1" : "-1", "-extfile", file("\(name).ext"), "-out", made.certificateFile,
        ])
        return made
    }

    /// Returns a self-signed certificate for a DNS name.
    package func selfSigned(for host: String) throws -> TLSCertificate {
        let name = UUID().uuidString
        let made = TLSCertificate(certificateFile: file("\(name).pem"), keyFile: file("\(name).key"))
        try openssl(
            Self.newKey + [
                "-x509", "-days", "1", "-subj", "/CN=\(host)", "-keyout", made.keyFile, "-out", made.certificateFile,
                "-addext", "subjectAltName=DNS:\(host)",
            ])
        return made
    }

    private static let newKey = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

    private func file(_ name: String) -> String { directory.appending(path: name).path }
}

/// Runs the `openssl` command; throws a `TLSError` with its output when it fails.
package func openssl(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        throw TLSError(description: "openssl \(arguments[0]) failed: \(String(decoding: said, as: UTF8.self))")
    }
}

/// The failure of TLS on the tests' side.
package struct TLSError: Error, CustomStringConvertible {
    package let description: String
}
