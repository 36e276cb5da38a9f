package import JSON

/// A body of HTTP as events show it.
package enum TimelineBody {
    /// The most bytes that are shown.
    package static let limit = 16 << 10

    /// Returns JSON as a value, text as a string of at most 16 KB, and anything else as its size and type; nil for an
    /// empty body.
    package static func value(_ body: [UInt8], type: String? = nil) -> JSONValue? {
        guard !body.isEmpty else { return nil }
        let type = String((type ?? "").prefix { $0 != ";" }).lowercased()
        let isJSON = body.first { !" \t\r\n".utf8.contains($0) }.map { "{[".utf8.contains($0) } ?? false
        if isJSON, body.count <= limit, let value = try? JSONValue(parsing: body) { return value }
        guard let text = String(validating: body.prefix(limit + 4), as: UTF8.self) ?? cutText(body),
            !text.utf8.contains(0)
        else {
            return .string("(\(body.count) bytes\(type.isEmpty ? "" : ", \(type)"))")
        }
        guard body.count > limit else { return .string(text) }
        return .string(String(decoding: body.prefix(limit), as: UTF8.self) + "… (\(body.count) bytes)")
    }

    /// Returns the text of a body that is cut within a character; nil for other bytes.
    private static func cutText(_ body: [UInt8]) -> String? {
        guard body.count > limit else { return nil }
        return (1...4).lazy.compactMap { String(validating: body.prefix(limit + 4 - $0), as: UTF8.self) }.first
    }
}
