import Glibc

/// One connected, blocking TCP socket, closed when it goes out of scope.
struct Socket: ~Copyable {
    private let descriptor: CInt

    /// Calls: socket(2), connect(2), setsockopt(2).
    init(connectedTo address: RuntimeAPIAddress) throws(SystemError) {
        descriptor = Glibc.socket(address.family, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemError("open a socket") }
        let connected = address.withSocketAddress { address, length in
            retryingOnInterrupt { Glibc.connect(descriptor, address, length) }
        }
        guard connected == 0 else {
            let error = SystemError("connect to the Runtime API at \(address)")
            Glibc.close(descriptor)
            throw error
        }
        // Head and body leave in one write, so Nagle's algorithm could only add a delay.
        var on: CInt = 1
        Glibc.setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Waits, without any timeout, for bytes: the sandbox freezes here between invocations.
    ///
    /// Returns the number of bytes received; 0 when the peer has closed. Calls: recv(2).
    func receive(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        let count = retryingOnInterrupt { Glibc.recv(descriptor, buffer.baseAddress, buffer.count, 0) }
        guard count >= 0 else { throw SystemError("read from the Runtime API") }
        return count
    }

    /// Writes both parts, in one call where the kernel takes them at once.
    ///
    /// Returns false when the peer responds and takes no more before the last byte. Calls: send(2), sendmsg(2), poll(2).
    func send(_ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer) throws(SystemError) -> Bool {
        // Without MSG_NOSIGNAL a closed connection would end the process by SIGPIPE. Nearly every request is one piece, which
        // the kernel takes at once.
        let flags = CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)
        var sent = 0
        if body.isEmpty {
            let count = retryingOnInterrupt { Glibc.send(descriptor, head.baseAddress, head.count, flags) }
            guard count >= 0 || errno == EAGAIN else { throw SystemError("write to the Runtime API") }
            sent = max(0, count)
        }
        if sent == head.count + body.count { return true }
        while true {
            let headRest = UnsafeRawBufferPointer(rebasing: head.dropFirst(sent))
            let bodyRest = UnsafeRawBufferPointer(rebasing: body.dropFirst(max(0, sent - head.count)))
            let count = withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2) { parts in
                parts.initializeElement(at: 0, to: iovec(headRest))
                parts.initializeElement(at: 1, to: iovec(bodyRest))
                var message = msghdr()
                message.msg_iov = parts.baseAddress
                message.msg_iovlen = 2
                return retryingOnInterrupt { Glibc.sendmsg(descriptor, &message, flags) }
            }
            guard count >= 0 || errno == EAGAIN else { throw SystemError("write to the Runtime API") }
            sent += max(0, count)
            if sent == head.count + body.count { return true }
            guard waitsForRoom() else { return false }
        }
    }

    /// Waits until more can be written; returns false when there is a response to read and still no room a second
    /// later.
    ///
    /// A refusal such as 413 comes before the body has been read, and the rest of it may never be.
    private func waitsForRoom() -> Bool {
        var state = pollfd(fd: descriptor, events: Int16(POLLIN | POLLOUT), revents: 0)
        _ = retryingOnInterrupt { Glibc.poll(&state, 1, -1) }
        if state.revents & Int16(POLLOUT) != 0 { return true }
        state.events = Int16(POLLOUT)
        return retryingOnInterrupt { Glibc.poll(&state, 1, 1000) } > 0
    }

    /// True when the peer has closed, or sent bytes unasked, while no call was under way. Calls: recv(2).
    var isStale: Bool {
        var byte: UInt8 = 0
        let count = Glibc.recv(descriptor, &byte, 1, CInt(MSG_PEEK) | CInt(MSG_DONTWAIT))
        return count >= 0 || errno != EAGAIN
    }

    /// True when the peer had closed before it could read the bytes sent last.
    ///
    /// A peer that has closed answers further bytes with a reset, which Linux keeps as EPIPE on a connection whose end
    /// it had already seen; after a peer that read the request and then closed there is no error. Calls: getsockopt(2).
    var wasClosedBeforeLastSend: Bool {
        var error: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        Glibc.getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
        return error == EPIPE
    }
}

extension iovec {
    fileprivate init(_ bytes: UnsafeRawBufferPointer) {
        self.init(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
    }
}

private func retryingOnInterrupt<Result: FixedWidthInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}

/// A failed system call: its purpose and its error number.
struct SystemError: Error, Equatable, CustomStringConvertible {
    let purpose: String
    let code: CInt

    init(_ purpose: String, code: CInt = errno) {
        self.code = code
        self.purpose = purpose
    }

    /// The connection is gone: the peer closed or reset it.
    var isDisconnect: Bool { code == EPIPE || code == ECONNRESET }

    var description: String { "Could not \(purpose): \(String(cString: strerror(code)))." }
}
