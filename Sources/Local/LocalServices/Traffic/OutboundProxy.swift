import Encoding
import Foundation
import Synchronization

/// An HTTP proxy on a free port of 127.0.0.1 that passes requests on unchanged and keeps them with their responses:
/// the value of a function's `http_proxy`.
///
/// A connection that the other side closes without a response is closed here too, so that a function sees the same.
package final class OutboundProxy: Sendable {
    private struct State {
        var exchanges: [Int: (exchange: OutboundExchange, start: ContinuousClock.Instant)] = [:]
        var count = 0
    }

    private final class Record: Sendable {
        let state = Mutex(State())
    }

    private let server: LoopbackServer
    private let record: Record

    /// Starts listening.
    ///
    /// - Parameters:
    ///   - service: Returns the service at a host and port.
    ///   - observe: Called with each exchange that ended, and the user that the proxy was given, `name` or
    ///     `name:password`; without it they are kept for `take()`.
    package init(
        service: @escaping @Sendable (_ host: String, _ port: UInt16) -> OutboundExchange.Service,
        observe: (@Sendable (_ exchange: OutboundExchange, _ user: String?) -> Void)? = nil
    ) async throws {
        let record = Record()
        self.record = record
        server = try await LoopbackServer { connection in
            var connection = connection
            while true {
                let request = try await connection.readMessage(limit: 64 << 20)
                let response = try await Self.pass(request, service, record, observe)
                try await connection.write(response)
                if request.fields["Connection"]?.lowercased() == "close" { return }
            }
        }
    }

    /// The value of `http_proxy`.
    package var url: String { "http://127.0.0.1:\(server.port)" }

    package var port: UInt16 { server.port }

    /// Returns the exchanges since the last call, those without a response so far included, with the time that they have
    /// taken.
    package func take() -> [OutboundExchange] {
        record.state.withLock { state in
            defer { state.exchanges = [:] }
            return state.exchanges.sorted { $0.key < $1.key }.map { _, kept in
                var exchange = kept.exchange
                if exchange.response == nil { exchange.milliseconds = (.now - kept.start).tenths }
                return exchange
            }
        }
    }

    /// Closes the port and every connection.
    package func stop() async {
        await server.stop()
    }

    private static func pass(
        _ request: HTTPMessage, _ service: @Sendable (String, UInt16) -> OutboundExchange.Service, _ record: Record,
        _ observe: (@Sendable (OutboundExchange, String?) -> Void)?
    ) async throws -> [UInt8] {
        guard let target = Target(request.path) else {
            return Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8)
        }
        let start = ContinuousClock.now
        var exchange = OutboundExchange(
            service: service(target.host, target.port), url: request.path, request: request,
            startedAt: UTCTime.now.extended, milliseconds: 0)
        let number = record.state.withLock { state in
            state.count += 1
            if observe == nil { state.exchanges[state.count] = (exchange, start) }
            return state.count
        }
        let response: HTTPMessage?
        do {
            var connection = try await HTTPConnection(host: target.host, port: target.port)
            defer { connection.close() }
            try await connection.write(Self.bytes(of: request, target.path, isMarked: observe != nil))
            response = try await connection.readMessage(limit: 256 << 20, inResponseTo: request.method)
        } catch {
            response = nil
        }
        exchange.milliseconds = (ContinuousClock.now - start).tenths
        exchange.response = response
        let ended = exchange
        record.state.withLock { state in
            // One that was taken without its response is not told again.
            if state.exchanges[number] != nil { state.exchanges[number] = (ended, start) }
        }
        let user = request.fields["Proxy-Authorization"].flatMap { value in
            Base64.decode(value.drop { $0 != " " }.dropFirst()).map { String(decoding: $0, as: UTF8.self) }
        }
        observe?(ended, user.map { $0.hasSuffix(":") ? String($0.dropLast()) : $0 })
        guard let response else { throw HTTPConnectionError.closed }
        return Self.bytes(of: response, to: request.method)
    }

    /// The headers between a client and its proxy alone, and those of the framing, which is ours.
    private static let ours: Set = [
        "proxy-connection", "proxy-authorization", "transfer-encoding", "content-length", "expect", "connection",
        "keep-alive",
    ]

    /// The header of requests that were observed here, so that another observer passes them over.
    package static let mark = "X-Switchboard-Observed"

    private static func bytes(of request: HTTPMessage, _ path: String, isMarked: Bool) -> [UInt8] {
        var lines = ["\(request.method) \(path) HTTP/1.1"]
        lines += request.fields.fields.filter { !ours.contains($0.name.lowercased()) }.map { "\($0.name): \($0.value)" }
        if !request.body.isEmpty || request.fields["Content-Length"] != nil {
            lines.append("Content-Length: \(request.body.count)")
        }
        lines.append("Connection: close")
        if isMarked { lines.append("\(mark): 1") }
        return Array("\(lines.joined(separator: "\r\n"))\r\n\r\n".utf8) + request.body
    }

    private static func bytes(of response: HTTPMessage, to method: String) -> [UInt8] {
        var lines = [response.startLine]
        lines += response.fields.fields.filter { !ours.contains($0.name.lowercased()) }.map {
            "\($0.name): \($0.value)"
        }
        if method == "HEAD" {
            if let length = response.fields["Content-Length"] { lines.append("Content-Length: \(length)") }
        } else if response.status != 204, response.status != 304 {
            lines.append("Content-Length: \(response.body.count)")
        }
        return Array("\(lines.joined(separator: "\r\n"))\r\n\r\n".utf8) + response.body
    }

    /// The parts of an absolute `http` URL, as sent.
    private struct Target {
        let host: String
        let port: UInt16
        let path: String

        init?(_ url: String) {
            guard url.begins(with: "http://") else { return nil }
            let rest = url.dropFirst(7)
            let authority = rest.prefix { $0 != "/" && $0 != "?" }
            let parts = authority.split(separator: ":")
            guard let name = parts.first, parts.count <= 2, let port = UInt16(parts.count == 2 ? parts[1] : "80") else {
                return nil
            }
            host = String(name)
            self.port = port
            let path = rest.dropFirst(authority.count)
            self.path = path.hasPrefix("/") ? String(path) : "/\(path)"
        }
    }
}
