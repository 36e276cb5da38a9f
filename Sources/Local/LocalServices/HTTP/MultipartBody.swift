import Foundation

/// The parts of a `multipart/form-data` body, read strictly (RFC 7578).
struct MultipartBody: Sendable {
    struct Part: Sendable {
        let name: String
        /// Nil for an ordinary field.
        let filename: String?
        let bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    let parts: [Part]

    /// Returns nil for anything but whole parts between the boundaries of `type`, each with a name.
    init?(_ body: [UInt8], type: String) {
        guard let match = type.wholeMatch(of: #/multipart/form-data; *boundary="?([^";]{1,70})"?/#.ignoresCase()) else {
            return nil
        }
        let delimiter = Data("\r\n--\(match.1)".utf8)
        let data = Data("\r\n".utf8) + Data(body)
        guard data.starts(with: delimiter) else { return nil }
        var parts: [Part] = []
        var position = delimiter.count
        while data[position...].starts(with: Data("\r\n".utf8)) {
            guard let next = data[position...].range(of: delimiter),
                let part = Self.part(data[(position + 2)..<next.lowerBound])
            else { return nil }
            parts.append(part)
            position = next.upperBound
        }
        guard data[position...].starts(with: Data("--".utf8)) else { return nil }
        self.parts = parts
    }

    subscript(name: String) -> Part? {
        parts.first { $0.name == name }
    }

    private static func part(_ data: Data) -> Part? {
        guard let end = data.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: data[..<end.lowerBound], as: UTF8.self)
        guard
            let match = head.firstMatch(
                of: #/Content-Disposition: form-data; name="([^"]+)"(?:; filename="([^"]*)")?/#.ignoresCase())
        else { return nil }
        return Part(name: String(match.1), filename: match.2.map(String.init), bytes: Array(data[end.upperBound...]))
    }
}
