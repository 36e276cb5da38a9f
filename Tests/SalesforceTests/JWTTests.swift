import Crypto
import Foundation
import Settings
import TestSupport
import Testing

@testable import Salesforce

struct JWTTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "jwt-\(UUID().uuidString)")

    @Test func `the assertion says who signs in where, and its signature holds`() async throws {
        let pem = try key("rsa_keygen_bits:2048")
        defer { try? FileManager.default.removeItem(at: folder) }
        let fixture = try SalesforceFixture([
            "SALESFORCE_GRANT": "jwt", "SALESFORCE_USERNAME": "agent@example.com",
            // As it comes out of a variable that cannot hold line breaks.
            "SALESFORCE_PRIVATE_KEY": pem.replacingOccurrences(of: "\n", with: "\\n"),
            "SALESFORCE_AUDIENCE": "https://test.salesforce.com", "SALESFORCE_CLIENT_SECRET": "",
        ])
        fixture.org.reply(.answer(ScriptedSalesforce.page(0..<1, of: 1)))
        _ = try await fixture.ids()
        let parts = try #require(fixture.org.signIns.first?["assertion"]).split(separator: ".").map(String.init)
        try #require(parts.count == 3)
        #expect(try String(decoding: decoded(parts[0]), as: UTF8.self) == #"{"alg":"RS256","typ":"JWT"}"#)
        let claims = try #require(JSONSerialization.jsonObject(with: decoded(parts[1])) as? [String: NSObject])
        #expect(claims["iss"] == "local-client" as NSString)
        #expect(claims["sub"] == "agent@example.com" as NSString)
        #expect(claims["aud"] == "https://test.salesforce.com" as NSString)
        let expiry = try #require(claims["exp"] as? Int)
        #expect((1_798_761_600...1_798_761_780).contains(expiry))
        try decoded(parts[2]).write(to: folder.appending(path: "signature"))
        try Data("\(parts[0]).\(parts[1])".utf8).write(to: folder.appending(path: "signed"))
        try openssl(["pkey", "-in", file("key"), "-pubout", "-out", file("public")])
        try openssl(["dgst", "-sha256", "-verify", file("public"), "-signature", file("signature"), file("signed")])
    }

    @Test(arguments: [
        ("invalid_grant", "invalid assertion", 3600.0, 2), ("invalid_grant", "expired authorization code", -300, 2),
        ("invalid_grant", "assertion expired or valid for over 3 minutes", -31, 2),
        ("invalid_grant", "invalid assertion", 29, 1), ("invalid_grant", "invalid assertion", 0, 1),
        ("invalid_grant", "user hasn't approved this consumer", 3600, 1),
        ("invalid_client_id", "client identifier invalid", 3600, 1),
    ])
    func `an assertion that is refused for its time is signed by Salesforce's clock, once`(
        code: String, words: String, off: Double, count: Int
    ) async throws {
        let pem = try key("rsa_keygen_bits:2048")
        defer { try? FileManager.default.removeItem(at: folder) }
        let fixture = try SalesforceFixture([
            "SALESFORCE_GRANT": "jwt", "SALESFORCE_USERNAME": "agent@example.com", "SALESFORCE_PRIVATE_KEY": pem,
        ])
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let date = formatter.string(from: Date(timeIntervalSince1970: 1_798_761_600 + off))
        fixture.org.replyToSignIn(
            .answer(
                .init(
                    status: 400, headers: [("Date", date)], #"{"error":"\#(code)","error_description":"\#(words)"}"#)))
        fixture.org.reply(.answer(ScriptedSalesforce.page(0..<1, of: 1)))
        if count == 2 {
            #expect(try await fixture.ids() == ["0"])
        } else {
            #expect(
                await failure { () async throws(SalesforceError) in try await fixture.ids() }?.kind == .clientRefused)
        }
        #expect(fixture.org.signIns.count == count)
        let last = try #require(fixture.org.signIns.last?["assertion"]).split(separator: ".").map(String.init)
        let claims = try #require(JSONSerialization.jsonObject(with: decoded(last[1])) as? [String: NSObject])
        #expect(claims["exp"] as? Int == 1_798_761_720 + (count == 2 ? Int(off) : 0))
    }

    @Test func `a key of another kind, a short one, or one with a passphrase is refused at the start`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let short = try key("rsa_keygen_bits:1024")
        let curve = try key("ec_paramgen_curve:prime256v1", algorithm: "EC")
        try openssl(["pkey", "-in", file("key"), "-aes128", "-passout", "pass:x", "-out", file("locked")])
        let locked = try String(contentsOfFile: file("locked"), encoding: .utf8)
        for pem in ["", "key", short, curve, locked, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
            let isRefused = RSAPrivateKey(pem: pem) == nil
            #expect(isRefused)
        }
        for use in [SalesforceConfiguration.Use.service, .callers, .serviceCallers] {
            for (pem, fault, other) in [(short, "2,048 bits", "passphrase"), (locked, "passphrase", "2,048 bits")] {
                let error = #expect(throws: EnvironmentError.self) {
                    try SalesforceFixture(
                        ["SALESFORCE_GRANT": "jwt", "SALESFORCE_USERNAME": "a", "SALESFORCE_PRIVATE_KEY": pem], use: use
                    )
                }
                #expect(error?.faults.count == 1 && error?.description.contains(fault) == true)
                #expect(error?.description.contains(other) == false)
            }
        }
    }

    private func key(_ option: String, algorithm: String = "RSA") throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try openssl(["genpkey", "-algorithm", algorithm, "-pkeyopt", option, "-out", file("key")])
        return try String(contentsOfFile: file("key"), encoding: .utf8)
    }

    private func decoded(_ text: String) throws -> Data {
        let standard = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        return try #require(Data(base64Encoded: standard + String(repeating: "=", count: (4 - text.count % 4) % 4)))
    }

    private func file(_ name: String) -> String { folder.appending(path: name).path }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments[0]) failed")
    }
}
