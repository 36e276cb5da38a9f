import Glibc

/// A body of `multipart/form-data`. "Returning Values from Forms: multipart/form-data" (RFC 7578).
struct MultipartForm {
    let boundary: String
    let body: [UInt8]

    /// Builds the body of strings and one file. `number` makes the boundary, again until neither contains it.
    ///
    /// Names are the caller's own and need no escapes.
    init(
        fields: [(name: String, value: String)], file: (name: String, filename: String, type: String, bytes: [UInt8])?,
        number: () -> UInt64
    ) {
        var boundary: String
        repeat {
            boundary = "switchboard-\(String(number(), radix: 36))"
        } while Self.holds(boundary, fields, file?.bytes ?? [])
        var body: [UInt8] = []
        body.reserveCapacity((file?.bytes.count ?? 0) + 1024)
        for (name, value) in fields {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        if let file {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(file.name)\"; ".utf8
            body += "filename=\"\(file.filename)\"\r\nContent-Type: \(file.type)\r\n\r\n".utf8
            body += file.bytes
            body += "\r\n".utf8
        }
        body += "--\(boundary)--\r\n".utf8
        self.boundary = boundary
        self.body = body
    }

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    private static func holds(_ boundary: String, _ fields: [(name: String, value: String)], _ bytes: [UInt8]) -> Bool {
        let wanted = Array(boundary.utf8)
        return fields.contains { contains(Array($0.value.utf8), wanted) } || contains(bytes, wanted)
    }

    private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let first = wanted.first else { return wanted.isEmpty }
            // memchr is quick, which a recording's bytes one by one are not.
            var start = 0
            while case let left = bytes.count - wanted.count + 1 - start, left > 0,
                let found = memchr(base + start, Int32(first), left)
            {
                if memcmp(found, wanted, wanted.count) == 0 { return true }
                start = UnsafeRawPointer(found) - base + 1
            }
            return false
        }
    }
}
