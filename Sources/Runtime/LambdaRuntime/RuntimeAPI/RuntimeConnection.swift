/// One keep-alive HTTP/1.1 connection to the Runtime API: a request goes out in one write, its response is read whole.
final class RuntimeConnection {
    private let socket: Socket
    /// Owned by the client, so that a reopened connection reads into the same memory.
    private let buffer: ByteBuffer

    /// The largest response that is read; an event has at most 6 MB.
    static let maximumBody = 16 << 20

    init(to address: RuntimeAPIAddress, readingInto buffer: ByteBuffer) throws(RuntimeAPIError) {
        do {
            socket = try Socket(connectedTo: address)
        } catch {
            throw .system(error)
        }
        self.buffer = buffer
    }

    /// Sends a request; returns false when the peer has closed the connection, or responds before it has taken
    /// everything.
    func send(_ head: ByteBuffer, _ body: [UInt8] = []) throws(RuntimeAPIError) -> Bool {
        try send(head.bytes, body)
    }

    /// The same as `send(_:_:)`, for bytes that belong to a message begun before.
    func send(_ bytes: [UInt8]) throws(RuntimeAPIError) -> Bool {
        try send(UnsafeRawBufferPointer(start: nil, count: 0), bytes)
    }

    private func send(_ head: UnsafeRawBufferPointer, _ body: [UInt8]) throws(RuntimeAPIError) -> Bool {
        do throws(SystemError) {
            return try body.withUnsafeBufferPointer { body throws(SystemError) in
                try socket.send(head, UnsafeRawBufferPointer(body))
            }
        } catch  where error.isDisconnect {
            return false
        } catch {
            throw .system(error)
        }
    }

    var wasClosedBeforeLastSend: Bool { socket.wasClosedBeforeLastSend }
    var isStale: Bool { socket.isStale }

    /// Reads one response; its bytes stay in the buffer until the next is read.
    func receive() throws(RuntimeAPIError) -> (head: RuntimeAPIResponseHead, body: Range<Int>) {
        buffer.removeAll()
        let head = try receiveHead()
        return (head, try receiveBody(of: head))
    }

    private func receiveHead() throws(RuntimeAPIError) -> RuntimeAPIResponseHead {
        while true {
            if buffer.count > 0, let head = try RuntimeAPIResponseHead(buffer.bytes) {
                if head.status >= 200 { return head }
                buffer.dropFirst(head.length)  // 1xx: an interim answer; the real one follows.
                continue
            }
            guard buffer.count < RuntimeAPIResponseHead.maximumLength else {
                throw .malformedAnswer("its head has no end")
            }
            try receiveMore(atLeast: 1)
        }
    }

    private func receiveBody(of head: RuntimeAPIResponseHead) throws(RuntimeAPIError) -> Range<Int> {
        let start = head.length
        var end = start
        if head.status == 204 || head.status == 304 {
            return start..<end
        } else if head.isChunked {
            end = try receiveChunks(from: start)
        } else if let length = head.contentLength {
            guard length <= Self.maximumBody else { throw .malformedAnswer("it announces \(length) bytes") }
            end = start + length
            while buffer.count < end { try receiveMore(atLeast: end - buffer.count) }
            guard buffer.count == end else { throw .malformedAnswer("bytes follow its end") }
        } else if !head.keepsAlive {
            try receiveToEnd()
            end = buffer.count
        } else if head.status == 200 {
            throw .malformedAnswer("it has neither Content-Length nor Transfer-Encoding")
        }
        return start..<end
    }

    /// Reads a chunked body, moving the chunks together; returns where it ends.
    private func receiveChunks(from start: Int) throws(RuntimeAPIError) -> Int {
        var position = start
        var end = start
        while true {
            let size = try receiveLine(at: &position)
            guard let size = chunkSize(size) else { throw .malformedAnswer("a chunk has no size") }
            if size == 0 { break }
            guard end - start + size <= Self.maximumBody else { throw .malformedAnswer("its chunks do not end") }
            while buffer.count < position + size + 2 { try receiveMore(atLeast: position + size + 2 - buffer.count) }
            buffer.move(position..<position + size, to: end)
            end += size
            position += size
            guard buffer.bytes[position] == UInt8(ascii: "\r"), buffer.bytes[position + 1] == UInt8(ascii: "\n") else {
                throw .malformedAnswer("a chunk is not as long as it says")
            }
            position += 2
        }
        while try !receiveLine(at: &position).isEmpty {}  // Trailers say nothing that the loop needs.
        guard buffer.count == position else { throw .malformedAnswer("bytes follow its end") }
        return end
    }

    private func receiveLine(at position: inout Int) throws(RuntimeAPIError) -> Range<Int> {
        while true {
            if let line = Line(in: buffer.bytes, at: position) {
                position = line.next
                return line.content
            }
            guard buffer.count - position < RuntimeAPIResponseHead.maximumLength else {
                throw .malformedAnswer("a line has no end")
            }
            try receiveMore(atLeast: 1)
        }
    }

    private func chunkSize(_ line: Range<Int>) -> Int? {
        let digits = buffer.bytes[line].prefix { !" \t;".utf8.contains($0) }
        // Int would accept a sign as well.
        guard 1...8 ~= digits.count, let first = digits.first, first >= UInt8(ascii: "0") else { return nil }
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private func receiveToEnd() throws(RuntimeAPIError) {
        do throws(SystemError) {
            while true {
                let count = try socket.receive(into: buffer.room(atLeast: 4096))
                guard count > 0 else { return }
                buffer.fill(count)
                guard buffer.count <= Self.maximumBody else { break }
            }
        } catch {
            throw .system(error)
        }
        throw .malformedAnswer("it does not end")
    }

    private func receiveMore(atLeast minimum: Int) throws(RuntimeAPIError) {
        let count: Int
        do throws(SystemError) {
            count = try socket.receive(into: buffer.room(atLeast: minimum))
        } catch {
            throw buffer.count == 0 && error.isDisconnect ? .closed : .system(error)
        }
        guard count > 0 else {
            throw buffer.count == 0 ? .closed : .malformedAnswer("the connection ended in the middle of it")
        }
        buffer.fill(count)
    }
}
