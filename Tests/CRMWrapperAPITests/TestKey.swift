import Foundation
import Testing

/// A key to sign assertions with, made anew.
enum TestKey {
    /// An RSA key of 2048 bits in PEM.
    static func rsa() throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl", "genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let pem = try #require(try pipe.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        return String(decoding: pem, as: UTF8.self)
    }

    /// The bytes of a JWT's part.
    static func decoded(_ text: String) throws -> [UInt8] {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        return Array(
            try #require(Data(base64Encoded: standard + String(repeating: "=", count: (4 - text.count % 4) % 4))))
    }
}
