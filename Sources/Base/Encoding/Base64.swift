import FoundationEssentials

/// Base64 with padding (RFC 4648, 4), decoded strictly.
package enum Base64 {
    /// Returns the bytes; nil for anything but groups of four characters, padded at the end. FoundationEssentials' own
    /// decoder accepts excess padding.
    package static func decode(_ text: String) -> [UInt8]? {
        // Of four characters two at least are no padding, which FoundationEssentials does not check.
        guard text.isEmpty || text.utf8.suffix(3).contains(where: { $0 != UInt8(ascii: "=") }) else { return nil }
        guard text.utf8.count.isMultiple(of: 4), let data = Data(base64Encoded: text) else { return nil }
        return Array(data)
    }
}
