import Encoding

/// The body of an HTTP event, as the event holds it.
package enum HTTPBody: Sendable {
    case bytes([UInt8])
    case text(String)
    /// The base64 of the body, which may be malformed.
    case base64(String)

    static let malformed = HTTPBody.base64("=")

    /// The number of decoded bytes, found without decoding; of malformed base64, about that number.
    package var count: Int {
        switch self {
        case .bytes(let bytes): return bytes.count
        case .text(let text): return text.utf8.count
        case .base64(let text):
            let padding = text.utf8.suffix(2).count { $0 == UInt8(ascii: "=") }
            return max(0, (text.utf8.count + 3) / 4 * 3 - padding)
        }
    }

    /// True for base64 that is none.
    package var isMalformed: Bool {
        if case .base64 = self { bytes == nil } else { false }
    }

    /// The decoded bytes; nil for base64 that is malformed.
    package var bytes: [UInt8]? {
        switch self {
        case .bytes(let bytes): bytes
        case .text(let text): Array(text.utf8)
        case .base64(let text): Base64.decode(text)
        }
    }
}

extension HTTPBody: Equatable {
    /// Returns true for the same bytes, however the event holds them, and for two that are malformed.
    package static func == (left: HTTPBody, right: HTTPBody) -> Bool { left.bytes == right.bytes }
}
