import Glibc

/// The Runtime API's address, from `AWS_LAMBDA_RUNTIME_API` (`host:port`).
///
/// The host is a numeric address or `localhost`: a static binary has no resolver before it needs one.
struct RuntimeAPIAddress: Sendable, CustomStringConvertible {
    let description: String
    private let storage: sockaddr_storage
    private let length: socklen_t

    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0
        else { return nil }
        var host = String(text[..<colon])
        if host == "localhost" { host = "127.0.0.1" }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }

        var storage = sockaddr_storage()
        let length: socklen_t? = withUnsafeMutablePointer(to: &storage) { pointer in
            let v4 = pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                address.pointee.sin_family = sa_family_t(AF_INET)
                address.pointee.sin_port = port.bigEndian
                return inet_pton(AF_INET, host, &address.pointee.sin_addr) == 1
            }
            if v4 { return socklen_t(MemoryLayout<sockaddr_in>.size) }
            let v6 = pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                address.pointee.sin6_family = sa_family_t(AF_INET6)
                address.pointee.sin6_port = port.bigEndian
                return inet_pton(AF_INET6, host, &address.pointee.sin6_addr) == 1
            }
            return v6 ? socklen_t(MemoryLayout<sockaddr_in6>.size) : nil
        }
        guard let length else { return nil }
        self.description = text
        self.storage = storage
        self.length = length
    }

    var family: CInt { CInt(storage.ss_family) }

    func withSocketAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}
