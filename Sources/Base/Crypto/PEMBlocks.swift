import COpenSSL

/// The blocks of a PEM text that holds certificates and comments alone (RFC 7468).
struct PEMBlocks {
    /// The DER of each certificate, in their order.
    let certificates: [[UInt8]]

    private static let begin = Array("-----BEGIN ".utf8)
    private static let labels = ["CERTIFICATE", "X509 CERTIFICATE"].map { label in
        (begin: Array("-----BEGIN \(label)-----".utf8), end: Array("-----END \(label)-----".utf8))
    }
    /// RFC 7468 has 64 characters a line; MIME allows 76.
    private static let longestLine = 76

    /// Returns nil for a text with any other block, or one that is not written as RFC 7468 has it.
    init?(_ text: [UInt8]) {
        var certificates: [[UInt8]] = []
        var end: [UInt8]?
        var base64: [UInt8] = []
        var rest = text[...]
        while !rest.isEmpty {
            let length = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            var line = rest[..<length]
            rest = length < rest.endIndex ? rest[(length + 1)...] : []
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            guard let awaited = end else {
                guard line.starts(with: Self.begin) else { continue }
                guard let label = Self.labels.first(where: { line.elementsEqual($0.begin) }) else { return nil }
                end = label.end
                base64.removeAll(keepingCapacity: true)
                continue
            }
            if line.elementsEqual(awaited) {
                guard let der = Self.decoded(base64) else { return nil }
                certificates.append(der)
                end = nil
            } else {
                guard !line.isEmpty, line.count <= Self.longestLine else { return nil }
                base64 += line
            }
        }
        guard end == nil else { return nil }
        self.certificates = certificates
    }

    /// Decodes by `EVP_DecodeBlock`; nil for what is not base64 with its padding at the end.
    private static func decoded(_ base64: [UInt8]) -> [UInt8]? {
        guard !base64.isEmpty, base64.count.isMultiple(of: 4) else { return nil }
        let padding = base64.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard !base64.dropLast(padding).contains(UInt8(ascii: "=")) else { return nil }
        let length = base64.count / 4 * 3
        var isValid = false
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            isValid = EVP_DecodeBlock(buffer.baseAddress, base64, Int32(base64.count)) == Int32(length)
            count = isValid ? length - padding : 0
        }
        return isValid ? bytes : nil
    }
}
