/// A TLS server that plays s3.amazonaws.com and serves signing chains, behind a proxy whose tunnels all end there.
package final class ChainServer: Sendable {
    /// The server of the chains.
    package let server: ScriptedServer
    package let proxy: ScriptedServer
    private let bundle: String
    /// Retained for its files.
    private let tls: TLSAuthority?

    /// Starts under an authority of TLS that signs no chains.
    package init(host: String = "s3.amazonaws.com", tls: TLSAuthority, _ script: @escaping ScriptedServer.Script) throws
    {
        server = try ScriptedServer(tls: tls.certificate(for: host), script)
        proxy = try Self.proxy(to: server.port)
        bundle = tls.bundle
        self.tls = tls
    }

    /// Starts under the authority that signs its chain: one bundle of roots is enough to trust both.
    package init(_ authority: SigningAuthority) throws {
        let certificate = try authority.certificate(
            "subjectAltName=DNS:s3.amazonaws.com", commonName: "s3.amazonaws.com", by: authority.root)
        let chain = authority.leaf.pem + authority.intermediate.pem
        server = try ScriptedServer(
            tls: TLSCertificate(certificateFile: certificate.file, keyFile: certificate.key)
        ) { connection in
            while try connection.readRequest() != nil { try connection.answer(.init(body: chain)) }
        }
        proxy = try Self.proxy(to: server.port)
        bundle = authority.root.file
        tls = nil
    }

    /// The variables that point a client to it, and make the client trust it.
    package var environment: [String: String] { ["https_proxy": proxy.authority, "SSL_CERT_FILE": bundle] }

    private static func proxy(to port: Int) throws -> ScriptedServer {
        try ScriptedServer { connection in
            _ = try connection.readRequest()
            try connection.send("HTTP/1.1 200 Connection established\r\n\r\n")
            try connection.relay(to: port)
        }
    }
}
