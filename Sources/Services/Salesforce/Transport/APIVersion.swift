import Encoding

/// A version of the REST API, such as `v62.0`.
package struct APIVersion: Sendable, Hashable {
    package let text: String

    /// The version this project was written against.
    package static let standard = APIVersion(number: "62.0")

    private init(number: String) {
        text = "v" + number
    }

    /// Reads `v` and a number of two digits with one decimal, `vNN.N`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.utf8.dropFirst().split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard text.utf8.first == UInt8(ascii: "v"), parts.count == 2, parts[0].count == 2,
            parts[1].count == 1, parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) })
        else { return nil }
        self.text = String(text)
    }
}
