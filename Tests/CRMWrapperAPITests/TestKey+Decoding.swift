import Foundation
import TestSupport
import Testing

extension TestKey {
    /// The bytes of a JWT's part.
    static func decoded(_ text: String) throws -> [UInt8] {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        return Array(
            try #require(Data(base64Encoded: standard + String(repeating: "=", count: (4 - text.count % 4) % 4))))
    }
}
