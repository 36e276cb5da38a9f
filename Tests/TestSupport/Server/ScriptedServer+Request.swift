extension ScriptedServer {
    /// A request as received.
    package struct Request: Sendable {
        package struct Header: Sendable, Equatable {
            package let name: String
            package let value: String
        }

        /// The `number` of the request's connection.
        package let connection: Int
        package let method: String
        /// The request target, byte for byte: a path with its query, or a URL for a proxy.
        package let target: String
        /// The headers, in the order and spelling received.
        package let headers: [Header]
        package internal(set) var body: [UInt8] = []
        /// The trailers after a chunked body.
        package internal(set) var trailers: [Header] = []

        /// The first value of a header, whatever the case of its name.
        package subscript(name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }

        /// The body as UTF-8 text.
        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The client sent something that is not HTTP/1.1.
    package struct MalformedRequest: Error, CustomStringConvertible {
        package let description: String

        init(_ what: String) {
            description = "The request's \(what) is malformed."
        }
    }
}

extension ScriptedServer.Request {
    /// Parses a head that ends with an empty line.
    init(head bytes: [UInt8], connection: Int) throws {
        let lines = String(decoding: bytes.dropLast(4), as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        let start = lines[0].split(separator: " ", omittingEmptySubsequences: false)
        guard start.count == 3, start[2] == "HTTP/1.1" || start[2] == "HTTP/1.0" else {
            throw ScriptedServer.MalformedRequest("first line")
        }
        self.connection = connection
        method = String(start[0])
        target = String(start[1])
        headers = try lines.dropFirst().map { try Header(line: Array($0.utf8)[...]) }
    }
}

extension ScriptedServer.Request.Header {
    init(line: ArraySlice<UInt8>) throws {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
            throw ScriptedServer.MalformedRequest("header")
        }
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var value = line[(colon + 1)...].drop(while: isBlank)
        while let last = value.last, isBlank(last) { value = value.dropLast() }
        self.init(name: String(decoding: line[..<colon], as: UTF8.self), value: String(decoding: value, as: UTF8.self))
    }
}
