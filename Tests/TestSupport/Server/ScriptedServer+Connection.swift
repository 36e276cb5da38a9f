import Glibc
import Synchronization

extension ScriptedServer {
    /// The error of a script with more to do when the client ended the connection, or the server was stopped.
    ///
    /// A script may rethrow it: the server does not count it as a failure.
    package struct ConnectionEnded: Error {}

    /// One accepted connection, used by its script.
    ///
    /// Unchecked: the script's thread alone reads and writes; other threads only interrupt, under the lock.
    package final class Connection: @unchecked Sendable {
        /// 0 for the first connection the server accepted, 1 for the next.
        package let number: Int
        private let shared: Shared
        private let descriptor: Mutex<Int32?>
        private var tls: TLSSession?
        private var unread: [UInt8] = []

        init(_ descriptor: Int32, number: Int, _ shared: Shared) {
            self.number = number
            self.shared = shared
            self.descriptor = Mutex(descriptor)
            var on: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        }

        /// The socket, unless the connection was ended.
        var openDescriptor: Int32? { descriptor.withLock { $0 } }

        func shakeHands(_ context: TLSContext) throws {
            tls = openDescriptor.flatMap { context.accept(on: $0) }
            guard tls != nil else {
                shared.state.withLock { $0.failedHandshakeCount += 1 }
                throw ConnectionEnded()
            }
        }

        /// Reads one whole request, chunked body and trailers included, and records it; nil when the client has closed
        /// the connection instead of sending one.
        package func readRequest() throws -> Request? {
            guard var request = try readHead() else { return nil }
            try readBody(of: &request)
            shared.state.withLock { $0.requests.append(request) }
            return request
        }

        /// Reads a head and nothing after it, and records nothing; returns nil when the client has closed the
        /// connection.
        package func readHead() throws -> Request? {
            guard !unread.isEmpty || receive() else { return nil }
            let bytes = try read(through: "\r\n\r\n")
            return try Request(head: bytes, connection: number)
        }

        /// Reads the rest of a request whose head was read.
        package func readBody(of request: inout Request) throws {
            if request["Transfer-Encoding"]?.lowercased() == "chunked" {
                while true {
                    let line = try read(through: "\r\n").dropLast(2)
                    guard
                        let size = Int(
                            String(decoding: line.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self), radix: 16)
                    else { throw MalformedRequest("chunk size") }
                    guard size > 0 else { break }
                    request.body += try read(count: size)
                    guard try read(count: 2) == Array("\r\n".utf8) else { throw MalformedRequest("chunk end") }
                }
                while case let line = try read(through: "\r\n"), line.count > 2 {
                    request.trailers.append(try Request.Header(line: line.dropLast(2)))
                }
            } else if let length = request["Content-Length"] {
                guard let length = Int(length), length >= 0 else { throw MalformedRequest("Content-Length") }
                request.body = try read(count: length)
            }
        }

        /// Reads exactly so many bytes.
        package func read(count: Int) throws -> [UInt8] {
            while unread.count < count {
                guard receive() else { throw ConnectionEnded() }
            }
            defer { unread.removeFirst(count) }
            return Array(unread.prefix(count))
        }

        private func read(through end: String) throws -> [UInt8] {
            let end = Array(end.utf8)
            var searched = 0
            while true {
                // Bytes by position: a slice for each would take most of a test's time.
                while searched + end.count <= unread.count {
                    var matching = 0
                    while matching < end.count, unread[searched + matching] == end[matching] { matching += 1 }
                    if matching == end.count { return try read(count: searched + end.count) }
                    searched += 1
                }
                guard receive() else { throw ConnectionEnded() }
            }
        }

        /// Returns false at the end of the connection, however it ended.
        private func receive() -> Bool {
            guard let descriptor = openDescriptor else { return false }
            let part = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
                let got = tls?.read(UnsafeMutableRawBufferPointer(buffer))
                count = max(0, got ?? recv(descriptor, buffer.baseAddress, buffer.count, 0))
            }
            unread += part
            return !part.isEmpty
        }

        /// Writes the bytes.
        package func send(_ bytes: [UInt8]) throws {
            guard let descriptor = openDescriptor else { throw ConnectionEnded() }
            var rest = bytes[...]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes {
                    tls?.write($0) ?? Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { throw ConnectionEnded() }
                rest = rest.dropFirst(sent)
            }
        }

        /// Writes the text as UTF-8.
        package func send(_ text: String) throws {
            try send(Array(text.utf8))
        }

        /// Waits, but not past the server's stop.
        package func sleep(for duration: Duration) throws {
            let end = ContinuousClock.now + duration
            while .now < end {
                guard !shared.isStopped else { throw ConnectionEnded() }
                usleep(useconds_t(min(10_000, max(1, (end - .now) / .microseconds(1)))))
            }
        }

        /// Does nothing until the client closes the connection or the server is stopped.
        package func hang() {
            while receive() {}
        }

        /// Shuts down writing; reading goes on.
        package func closeForWriting() {
            tls?.close()
            descriptor.withLock { if let descriptor = $0 { _ = shutdown(descriptor, Int32(SHUT_WR)) } }
        }

        /// Ends the connection with a reset (RST) instead of a close, and without TLS's alert.
        package func reset() {
            descriptor.withLock { descriptor in
                guard let open = descriptor else { return }
                var now = linger(l_onoff: 1, l_linger: 0)
                setsockopt(open, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
                Glibc.close(open)
                descriptor = nil
            }
        }

        /// Ends the connection, under TLS with the closing alert; with bytes unread the system makes it a reset.
        package func close() {
            if openDescriptor != nil { tls?.close() }
            descriptor.withLock { descriptor in
                if let open = descriptor { Glibc.close(open) }
                descriptor = nil
            }
        }

        /// Makes every read and write of the script's thread end; called from other threads.
        func interrupt() {
            descriptor.withLock { if let descriptor = $0 { _ = shutdown(descriptor, Int32(SHUT_RDWR)) } }
        }
    }
}
