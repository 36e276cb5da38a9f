import AWS
import Crypto

/// An object in a token: its key, or, where that is too long, the key's hash.
enum AudioReference: Sendable {
    case key(String)
    /// The first half of the key's SHA-256, in 32 hexadecimal digits.
    case hash(String)

    /// The length of a hash in a token.
    static let hashedCharacters = 36

    /// Returns the hash of a key.
    static func hash(of key: some Sequence<UInt8>) -> String {
        SHA256.hexadecimal(Array(SHA256.digest(Array(key)).prefix(16)))
    }

    /// Returns the hash of a key.
    static func hash(of key: String) -> String {
        hash(of: key.utf8)
    }

    /// The key, if the token has it.
    var key: String? {
        if case .key(let key) = self { key } else { nil }
    }

    /// Returns true when both refer to the same object.
    func isSame(as other: AudioReference) -> Bool {
        switch (self, other) {
        // Byte for byte: `==` would treat two ways to write an accent as the same.
        case (.key(let left), .key(let right)): left.utf8.elementsEqual(right.utf8)
        case (.hash(let left), .hash(let right)): left == right
        case (.key(let key), .hash(let hash)), (.hash(let hash), .key(let key)): Self.hash(of: key) == hash
        }
    }

    /// The form in a token: a kind, the length in bytes, a colon, the text.
    var text: String {
        switch self {
        case .key(let key): "k\(key.utf8.count):\(key)"
        case .hash(let hash): "h\(hash.utf8.count):\(hash)"
        }
    }

    /// Reads one from the front of `bytes`, and removes it; nil when there is none.
    init?(takingFrom bytes: inout ArraySlice<UInt8>) {
        // After the kind, whatever that is: a colon in its place has no length before it.
        guard let kind = bytes.first, let colon = bytes.dropFirst().firstIndex(of: UInt8(ascii: ":")),
            colon - bytes.startIndex <= 5,
            let length = Int(String(decoding: bytes[bytes.startIndex + 1..<colon], as: UTF8.self)),
            (1...1024).contains(length), colon + length < bytes.endIndex,
            let text = String(validating: bytes[colon + 1...colon + length], as: UTF8.self)
        else { return nil }
        switch kind {
        case UInt8(ascii: "k"): self = .key(text)
        case UInt8(ascii: "h") where length == 32 && text.allSatisfy(\.isHexDigit): self = .hash(text)
        default: return nil
        }
        bytes = bytes[(colon + length + 1)...]
    }
}
