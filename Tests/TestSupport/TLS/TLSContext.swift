import COpenSSL

/// The server's side of TLS for a scripted server, by OpenSSL.
///
/// Unchecked: OpenSSL lets threads share a context that no longer changes.
final class TLSContext: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ certificate: TLSCertificate) throws {
        guard let pointer = SSL_CTX_new(TLS_server_method()) else { throw TLSError(description: "SSL_CTX_new failed") }
        self.pointer = pointer
        guard SSL_CTX_use_certificate_chain_file(pointer, certificate.certificateFile) == 1,
            SSL_CTX_use_PrivateKey_file(pointer, certificate.keyFile, SSL_FILETYPE_PEM) == 1
        else { throw TLSError(description: "the certificate or its key could not be read") }
        if certificate.serves == .onlyTLS11 {
            SSL_CTX_set_security_level(pointer, 0)
            SSL_CTX_ctrl(pointer, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_1_VERSION), nil)
            SSL_CTX_ctrl(pointer, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(TLS1_1_VERSION), nil)
        }
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    /// Performs a handshake on a socket; returns nil when the client does not complete it.
    func accept(on descriptor: Int32) -> TLSSession? {
        guard let session = SSL_new(pointer) else { return nil }
        SSL_set_fd(session, descriptor)
        guard SSL_accept(session) == 1 else {
            SSL_free(session)
            return nil
        }
        return TLSSession(session)
    }
}

/// One TLS connection; used by its script's thread only.
final class TLSSession {
    private let pointer: OpaquePointer

    fileprivate init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        SSL_free(pointer)
    }

    func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        Int(SSL_read(pointer, buffer.baseAddress, Int32(buffer.count)))
    }

    func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        Int(SSL_write(pointer, bytes.baseAddress, Int32(bytes.count)))
    }

    /// Sends the closing alert.
    func close() {
        SSL_shutdown(pointer)
    }
}
