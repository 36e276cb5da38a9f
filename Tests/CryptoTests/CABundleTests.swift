import COpenSSL
import Foundation
import TestSupport
import Testing

@testable import Crypto

/// Bundles whose certificates are parsed on demand, beside OpenSSL's own loading of the same file.
struct CABundleTests {
    /// The result of OpenSSL's verification: 0 for a chain that is trusted, nil where the file has no store.
    private static func verdict(on leaf: [UInt8], by store: OpaquePointer?) -> Int32? {
        guard let store, let context = X509_STORE_CTX_new() else { return nil }
        defer {
            X509_STORE_CTX_free(context)
            ERR_clear_error()
        }
        let certificate = leaf.withUnsafeBufferPointer { pem in
            let source = BIO_new_mem_buf(pem.baseAddress, Int32(pem.count))
            defer { BIO_free(source) }
            return PEM_read_bio_X509(source, nil, nil, nil)
        }
        defer { X509_free(certificate) }
        guard X509_STORE_CTX_init(context, store, certificate, nil) == 1 else { return nil }
        _ = X509_verify_cert(context)
        return X509_STORE_CTX_get_error(context)
    }

    private static func loaded(_ path: String) -> OpaquePointer? {
        guard let store = X509_STORE_new() else { return nil }
        defer { ERR_clear_error() }
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_TRUSTED_FIRST))
        if X509_STORE_load_locations(store, path, nil) == 1 { return store }
        X509_STORE_free(store)
        return nil
    }

    /// Compares both ways for each leaf; returns the verdicts.
    @discardableResult
    private static func compare(
        _ bundle: [UInt8], _ leaves: [[UInt8]], _ comment: String = ""
    ) throws -> [Int32?] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pem")
        try Data(bundle).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let theirs = loaded(file.path)
        defer { X509_STORE_free(theirs) }
        let ours = CAStore(CABundle(path: file.path))
        // Twice: the second time the store finds what it was given the first time.
        let verdicts = (leaves + leaves).map { verdict(on: $0, by: ours?.pointer) }
        let expected = (leaves + leaves).map { verdict(on: $0, by: theirs) }
        if verdicts != expected { Issue.record("\(comment): \(verdicts), and OpenSSL says \(expected)") }
        return Array(verdicts.prefix(leaves.count))
    }

    private static func pem(_ file: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: file))) }

    private static func pem(_ der: [UInt8], label: String = "CERTIFICATE") -> [UInt8] {
        let base64 = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return Array("-----BEGIN \(label)-----\n\(base64)\n-----END \(label)-----\n".utf8)
    }

    private static func der(_ pem: [UInt8]) throws -> [UInt8] {
        try #require(PEMBlocks(pem)?.certificates.first)
    }

    @Test func `every root of the system's bundle is indexed, and trusted as before`() throws {
        let path = try #require(
            ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"].first {
                FileManager.default.fileExists(atPath: $0)
            })
        let bundle = try Self.pem(path)
        let roots = try #require(PEMBlocks(bundle)).certificates
        #expect(CABundle(path: path).entries.count == roots.count && roots.count > 100)
        let verdicts = try Self.compare(bundle, roots.map { Self.pem($0) })
        #expect(verdicts.count { $0 == X509_V_OK } > 100)
    }

    @Test func `two roots of one subject are both found, in either order`() throws {
        let (one, other, stranger) = (try TLSAuthority(), try TLSAuthority(), try TLSAuthority())
        let leaves = try [one, other, stranger].map { try Self.pem($0.certificate(for: "localhost").certificateFile) }
        let (first, second) = (try Self.pem(one.bundle), try Self.pem(other.bundle))
        #expect(try Self.compare(first + second, leaves).prefix(2) == [X509_V_OK, X509_V_OK])
        #expect(try Self.compare(second + first, leaves).prefix(2) == [X509_V_OK, X509_V_OK])
        #expect(try Self.compare(first + first, leaves).first == X509_V_OK)
        #expect(try Self.compare(second, leaves)[0] != X509_V_OK)
        #expect(try Self.compare(first + second, leaves)[2] != X509_V_OK)
    }

    @Test func `a file is read, or refused, as OpenSSL does`() throws {
        let (one, other) = (try TLSAuthority(), try TLSAuthority())
        let leaf = try Self.pem(one.certificate(for: "localhost").certificateFile)
        let (root, second) = (try Self.pem(one.bundle), try Self.pem(other.bundle))
        let text = String(decoding: root, as: UTF8.self)
        let lines = text.split(separator: "\n").map(String.init)
        let key = Array("-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n".utf8)
        let bundles: [(String, [UInt8])] = [
            ("empty", []), ("comment", Array("no certificates\n".utf8)), ("binary", [0, 1, 2, 255]),
            ("carriage returns", Array(text.replacing("\n", with: "\r\n").utf8)),
            ("comments", Array("# one\nSubject: CN=x\n".utf8) + root + Array("\n\n# two\n".utf8) + second),
            ("no end", Array(root.dropLast(30))), ("no line feed", Array(root.dropLast())),
            ("half of a second", root + second.prefix(second.count / 2)), ("a key between", root + key + second),
            ("a broken key", key + root), ("trailing space", Array(text.replacing("\n", with: " \n").utf8)),
            ("empty line", Array(text.replacing("-----\n", with: "-----\n\n").utf8)),
            (
                "one line",
                Array(
                    (lines[0] + "\n" + lines[1..<(lines.count - 1)].joined() + "\n" + lines[lines.count - 1] + "\n")
                        .utf8)
            ),
            ("X509", Self.pem(try Self.der(root), label: "X509 CERTIFICATE")),
            ("trusted", Self.pem(try Self.der(root), label: "TRUSTED CERTIFICATE")),
            ("other label", Self.pem(try Self.der(root), label: "OTHER")),
            ("labels that differ", Array(text.replacing("END CERTIFICATE", with: "END X509 CERTIFICATE").utf8)),
            ("headers", Array(text.replacing("-----\nM", with: "-----\nProc-Type: 4,ENCRYPTED\n\nM").utf8)),
            ("bytes behind", Self.pem(try Self.der(root) + [0])),
            ("a byte less", Self.pem(try Self.der(root).dropLast())),
            ("leaf alone", leaf), ("padding", Array(text.replacing("\n-----END", with: "=\n-----END").utf8)),
        ]
        for (name, bundle) in bundles { try Self.compare(bundle, [leaf], name) }
    }

    /// Each byte of a root beside another root, whose chain must stay as OpenSSL has it.
    @Test(arguments: [UInt8(0x01), 0x80, 0x20, 0xFF]) func `a byte that is wrong is noticed where OpenSSL notices it`(
        mask: UInt8
    ) throws {
        let (one, other) = (try TLSAuthority(), try TLSAuthority())
        let leaf = try Self.pem(one.certificate(for: "localhost").certificateFile)
        let root = try Self.pem(one.bundle)
        let der = try Self.der(Self.pem(other.bundle))
        for index in der.indices {
            var changed = der
            changed[index] ^= mask
            try Self.compare(Self.pem(changed) + root, [leaf], "byte \(index) of \(der.count)")
        }
    }

    @Test func `ten thousand certificates are indexed, and the last is found`() throws {
        let (one, other) = (try TLSAuthority(), try TLSAuthority())
        let leaf = try Self.pem(one.certificate(for: "localhost").certificateFile)
        let many = Array(repeatElement(try Self.pem(other.bundle), count: 10_000).joined())
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pem")
        try Data(many + Self.pem(one.bundle)).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let bundle = CABundle(path: file.path)
        #expect(bundle.entries.count == 10_001)
        let store = try #require(CAStore(bundle))
        #expect(Self.verdict(on: leaf, by: store.pointer) == X509_V_OK)
    }
}
