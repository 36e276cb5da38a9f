import Glibc

/// The records that a TLS 1.3 server sends behind its handshake, unasked: NewSessionTicket (RFC 8446, section 4.6.1).
///
/// OpenSSL reads them with the first response. On a connection that has had none they still wait, encrypted, and show
/// nothing but their type and length.
enum SessionTickets {
    /// The most bytes that are taken for tickets; servers send one or two, of some 250 bytes each.
    private static let most = 4096
    /// The length of an alert's record, the longest: level, description, content type and a tag of 16 bytes. A closing
    /// alert is one, and no ticket is so short.
    private static let alertLength = 19

    /// `POLLRDHUP`, which Swift does not import.
    private static let peerHasEnded: Int16 = 0x2000

    /// Returns true when whole records which can be tickets, and none which can be an alert, wait on an open connection.
    static func areAllThatWaits(on descriptor: Int32) -> Bool {
        var state = pollfd(fd: descriptor, events: Int16(POLLIN) | peerHasEnded, revents: 0)
        guard poll(&state, 1, 0) == 1, state.revents == Int16(POLLIN) else { return false }
        return withUnsafeTemporaryAllocation(byteCount: most, alignment: 1) { buffer in
            let count = recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_PEEK | MSG_DONTWAIT))
            return count > 0 && count < most && areTickets(buffer[..<count])
        }
    }

    private static func areTickets(_ bytes: Slice<UnsafeMutableRawBufferPointer>) -> Bool {
        var rest = bytes
        while rest.count >= 5 {
            let start = rest.startIndex
            let length = Int(rest[start + 3]) << 8 | Int(rest[start + 4])
            // 23 is application data, under which TLS 1.3 hides what a record is.
            guard rest[start] == 23, length > alertLength, rest.count >= 5 + length else { return false }
            rest = rest.dropFirst(5 + length)
        }
        return rest.isEmpty
    }
}
