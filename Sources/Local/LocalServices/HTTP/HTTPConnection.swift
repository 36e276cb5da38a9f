package import FlyingSocks
import Foundation

/// One keep-alive connection on loopback, from either side.
///
/// FlyingFox's own server drops the trailers of a chunked request, where a streaming function reports its error; so the
/// local servers read HTTP/1.1 themselves, over its sockets.
package struct HTTPConnection: Sendable {
    private let socket: AsyncSocket
    private var buffer: [UInt8] = []
    private var position = 0

    package init(_ socket: AsyncSocket) {
        self.socket = socket
    }

    /// Connects to a port of 127.0.0.1.
    package init(port: UInt16) async throws {
        self.init(try await AsyncSocket.connected(to: sockaddr_in.inet(ip4: "127.0.0.1", port: port)))
    }

    package func close() {
        try? socket.close()
    }

    package func write(_ bytes: [UInt8]) async throws {
        try await socket.write(Data(bytes))
    }

    /// Reads one whole message: a body of Content-Length or chunked, with its trailers.
    ///
    /// A body over `limit` bytes is read to its end and dropped, so that the peer can read our response.
    ///
    /// - Parameter method: The method of the request that a response belongs to: one to HEAD has no body.
    package mutating func readMessage(limit: Int, inResponseTo method: String? = nil) async throws -> HTTPMessage {
        var start = try await readLine(orClosed: .closed)
        if start.isEmpty {
            start = try await readLine(orClosed: .closed)
        }
        guard start.contains("HTTP/1.") else { throw HTTPConnectionError.malformed("first line") }
        var message = HTTPMessage(startLine: start, fields: try await readFields())
        if message.fields["Expect"]?.lowercased() == "100-continue" {
            try await write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        }
        if let method, method == "HEAD" || [204, 304].contains(message.status) { return message }
        if message.fields["Transfer-Encoding"]?.lowercased() == "chunked" {
            try await readChunks(into: &message, limit: limit)
        } else if let text = message.fields["Content-Length"] {
            guard let length = Int(text), length >= 0 else { throw HTTPConnectionError.malformed("Content-Length") }
            try await readBody(length, into: &message, limit: limit)
        } else if message.status != nil {
            try await readToEnd(into: &message)
        }
        return message
    }

    private mutating func readChunks(into message: inout HTTPMessage, limit: Int) async throws {
        while true {
            let line = try await readLine(orClosed: .closedEarly)
            guard let size = Int(line.prefix { $0 != ";" && $0 != " " }, radix: 16), size >= 0 else {
                throw HTTPConnectionError.malformed("chunk size")
            }
            guard size > 0 else { break }
            try await readBody(size, into: &message, limit: limit)
            guard try await readLine(orClosed: .closedEarly).isEmpty else {
                throw HTTPConnectionError.malformed("end of a chunk")
            }
        }
        message.trailers = try await readFields()
    }

    private mutating func readBody(_ length: Int, into message: inout HTTPMessage, limit: Int) async throws {
        message.bodyIsTooLarge = message.bodyIsTooLarge || message.body.count + length > limit
        if message.bodyIsTooLarge {
            message.body = []
        }
        var missing = length
        while missing > 0 {
            if position == buffer.count {
                try await fill(orClosed: .closedEarly)
            }
            let end = min(buffer.count, position + missing)
            if !message.bodyIsTooLarge {
                message.body += buffer[position..<end]
            }
            missing -= end - position
            position = end
        }
    }

    private mutating func readToEnd(into message: inout HTTPMessage) async throws {
        do {
            while true {
                message.body += buffer[position...]
                position = buffer.count
                try await fill(orClosed: .closed)
            }
        } catch HTTPConnectionError.closed {
            return
        }
    }

    private mutating func readFields() async throws -> HTTPFields {
        var fields: HTTPFields = [:]
        while true {
            let line = try await readLine(orClosed: .closedEarly)
            if line.isEmpty { return fields }
            fields.append(line: line)
        }
    }

    private mutating func readLine(orClosed error: HTTPConnectionError) async throws -> String {
        var line: [UInt8] = []
        while true {
            if position == buffer.count {
                try await fill(orClosed: line.isEmpty ? error : .closedEarly)
            }
            if let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) {
                line += buffer[position..<end]
                position = end + 1
                return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
            }
            line += buffer[position...]
            position = buffer.count
            guard line.count < 65_536 else { throw HTTPConnectionError.malformed("line of over 64 KiB") }
        }
    }

    private mutating func fill(orClosed error: HTTPConnectionError) async throws {
        do {
            buffer = try await socket.read(atMost: 4096)
            position = 0
        } catch is SocketError {
            throw error
        }
    }
}

extension HTTPConnection {
    /// Connects to a port of a host: an IPv4 address, or a name, of which the first such address is taken.
    package init(host: String, port: UInt16) async throws {
        let isLoopback = host == "localhost" || host.hasSuffix(".localhost")
        let address = isLoopback ? "127.0.0.1" : Self.address(of: host)
        guard let address else { throw SocketError.unsupportedAddress }
        self.init(try await AsyncSocket.connected(to: sockaddr_in.inet(ip4: address, port: port)))
    }

    private static func address(of host: String) -> String? {
        if host.allSatisfy({ $0.isNumber || $0 == "." }) { return host }
        var hints = addrinfo()
        hints.ai_family = AF_INET
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0, let list else { return nil }
        defer { freeaddrinfo(list) }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let isNumeric = getnameinfo(
            list.pointee.ai_addr, list.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        return isNumeric == 0
            ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
}
