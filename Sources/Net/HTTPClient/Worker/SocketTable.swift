import Calling
import Glibc

/// The sockets that libcurl holds for one client, each with the transfer it is working for.
///
/// libcurl checks a kept connection before it reuses it, but versions before 8 accept one that was reset, or that has
/// unread bytes. Under TLS the closing alert is such bytes. A request written to it is lost without anyone knowing
/// whether it was read, so idle sockets are checked here first. Used on the worker's thread only.
final class SocketTable {
    private struct Entry {
        /// The transfer that uses the socket; nil while the connection is idle.
        var owner: ObjectIdentifier?
        /// True when a request was about to go out on it.
        ///
        /// libcurl closes those that it gives up before without a word, so that the number may by now be somebody else's;
        /// only connected ones are touched here.
        var isConnected = false
        /// The port at this end, once it is connected.
        var localPort: Int32?
        /// True under TLS while no request has been written, so that what the handshake leaves behind is still unread.
        var holdsHandshake = false
        /// The end of the last transfer.
        var idleSince: Moment?
    }

    private var entries: [Int32: Entry] = [:]

    /// Opens a socket for a transfer that is about to connect; negative when the system refuses.
    func open(family: Int32, type: Int32, protocol number: Int32, for transfer: Transfer) -> Int32 {
        let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
        if descriptor >= 0 { entries[descriptor] = Entry(owner: ObjectIdentifier(transfer)) }
        return descriptor
    }

    func close(_ descriptor: Int32) {
        entries[descriptor] = nil
        Glibc.close(descriptor)
    }

    /// Notes that a transfer is about to send its request from this local port.
    func take(localPort: Int32, for transfer: Transfer) {
        let owner = ObjectIdentifier(transfer)
        for (descriptor, entry) in entries where entry.isConnected || entry.owner == owner {
            guard (entry.localPort ?? Self.localPort(of: descriptor)) == localPort else { continue }
            entries[descriptor] = Entry(
                owner: owner, isConnected: true, localPort: localPort,
                holdsHandshake: transfer.request.connectsOnly && transfer.request.isSecure)
        }
    }

    /// Notes that a transfer has ended: its open connection is idle from `now` on.
    func release(_ transfer: Transfer, _ now: Moment) {
        for (descriptor, entry) in entries where entry.owner == ObjectIdentifier(transfer) {
            entries[descriptor] =
                entry.isConnected
                ? Entry(
                    isConnected: true, localPort: entry.localPort, holdsHandshake: entry.holdsHandshake, idleSince: now)
                : nil
        }
    }

    /// Shuts down every connection that has been idle for longer than `limit`, or that has received something unasked:
    /// bytes, an end, or an error.
    ///
    /// libcurl's own limit (`CURLOPT_MAXAGE_CONN`) is on a clock that stops while Lambda has frozen the process. Once a
    /// connection is drained and shut down, libcurl sees that it is dead and opens another.
    func endStaleConnections(idleFor limit: Duration, _ now: Moment) {
        for (descriptor, entry) in entries where entry.owner == nil {
            let isOld = entry.idleSince.map { now.hasPassed(limit, since: $0) } ?? false
            var byte: UInt8 = 0
            let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
            if !isOld, count < 0, errno == EAGAIN || errno == EINTR { continue }
            if !isOld, count > 0, entry.holdsHandshake, SessionTickets.areAllThatWaits(on: descriptor) { continue }
            withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
                while recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT)) > 0 {}
            }
            shutdown(descriptor, Int32(SHUT_RDWR))
        }
    }

    private static func localPort(of descriptor: Int32) -> Int32? {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &address) { bytes in
            let result = bytes.withMemoryRebound(to: sockaddr.self) { getsockname(descriptor, $0.baseAddress, &size) }
            guard result == 0 else { return nil }
            // The port lies at the same place in sockaddr_in and sockaddr_in6.
            return Int32(UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self)))
        }
    }
}
