import Glibc
import TestSupport

/// A Runtime API's socket: one connection at a time, each wait with a limit, so that silence and an ended process are told
/// apart.
final class RuntimeSocket {
    struct Message {
        let method: String
        let path: String
        let body: [UInt8]
    }

    /// The reason why no message came.
    enum Silence: Error {
        case closed, timedOut
    }

    let port: Int
    private let listener: Int32
    private var connection: Int32 = -1
    private var unread: [UInt8] = []

    init() throws {
        (listener, port) = try ScriptedServer.listener(backlog: 8)
    }

    deinit {
        hangUp()
        close(listener)
    }

    /// Waits for a process to connect.
    func accept(milliseconds: Int32) throws(Silence) {
        hangUp()
        try wait(for: listener, milliseconds)
        connection = Glibc.accept(listener, nil, nil)
        guard connection >= 0 else { throw .closed }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        var on: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    func hangUp() {
        if connection >= 0 { close(connection) }
        connection = -1
        unread = []
    }

    /// Reads a whole request, within the time for each of its parts.
    func read(milliseconds: Int32) throws(Silence) -> Message {
        var end: Int?
        while end == nil {
            end = headEnd()
            if end == nil { try receive(milliseconds) }
        }
        let head = String(decoding: unread.prefix(end ?? 0), as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        let start = (lines.first ?? "").split(separator: " ")
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }?.split(separator: ":").last
        let count = length.flatMap { Int($0.drop { $0 == " " }) } ?? 0
        unread.removeFirst(end ?? 0)
        while unread.count < count { try receive(milliseconds) }
        let body = Array(unread.prefix(count))
        unread.removeFirst(count)
        return Message(method: String(start.first ?? ""), path: start.count > 1 ? String(start[1]) : "", body: body)
    }

    private func headEnd() -> Int? {
        let mark = Array("\r\n\r\n".utf8)
        guard unread.count >= mark.count else { return nil }
        for index in 0...(unread.count - mark.count) where unread[index] == mark[0] {
            if Array(unread[index..<(index + mark.count)]) == mark { return index + mark.count }
        }
        return nil
    }

    func write(_ status: String, _ headers: String = "", _ body: [UInt8] = []) {
        let bytes = Array("HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.count)\r\n\r\n".utf8) + body
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                send(connection, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    private func receive(_ milliseconds: Int32) throws(Silence) {
        try wait(for: connection, milliseconds)
        let part = [UInt8](unsafeUninitializedCapacity: 65_536) { [connection] buffer, count in
            count = max(0, recv(connection, buffer.baseAddress, buffer.count, 0))
        }
        guard !part.isEmpty else { throw .closed }
        unread += part
    }

    private func wait(for descriptor: Int32, _ milliseconds: Int32) throws(Silence) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let count = poll(&entry, 1, milliseconds)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .timedOut }
            return
        }
    }
}
