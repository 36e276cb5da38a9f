import COpenSSL
import Encoding
import Synchronization

/// The certificates of a PEM file of trusted authorities, such as a system's CA bundle, each parsed when a chain asks for
/// it.
///
/// OpenSSL parses every certificate of a bundle before the first handshake: 140 of them take it 26 ms of CPU. Here only
/// their subjects are read, and OpenSSL asks for a certificate by its subject (`X509_LOOKUP`). The set that is trusted is
/// the same. A file with anything that this reading does not know (other PEM blocks, a fault in base64 or in DER) is left
/// to OpenSSL as a whole, which decides what it makes of it.
///
/// Unchecked: nothing changes once it is made, and OpenSSL locks the stores.
package final class CABundle: @unchecked Sendable {
    /// A certificate that is not parsed yet.
    struct Entry {
        /// An `X509_NAME`, owned by the bundle.
        let subject: OpaquePointer
        let der: [UInt8]
    }

    /// In the file's order.
    let entries: [Entry]
    let path: String
    /// False where OpenSSL reads the file itself.
    let isIndexed: Bool
    /// The certificates that a chain has asked for, by their entries' places.
    private let parsed = Mutex<[Int: Certificate]>([:])

    /// A parsed certificate, which does not change.
    final class Certificate: @unchecked Sendable {
        /// An `X509`.
        let pointer: OpaquePointer

        init?(_ der: [UInt8]) {
            let certificate = der.withUnsafeBufferPointer { der in
                var start = der.baseAddress
                return d2i_X509(nil, &start, der.count)
            }
            guard let certificate else { return nil }
            pointer = certificate
        }

        deinit { X509_free(pointer) }
    }

    /// Reads the subjects of a PEM file.
    package init(path: String) {
        self.path = path
        let bytes = FileContents.read(path)
        let blocks = bytes.flatMap(PEMBlocks.init)?.certificates
        var entries: [Entry] = []
        var isIndexed = blocks != nil
        for der in blocks ?? [] {
            guard let subject = DERCertificate.subject(of: der) else {
                isIndexed = false
                break
            }
            entries.append(Entry(subject: subject, der: der))
        }
        if !isIndexed {
            for entry in entries { X509_NAME_free(entry.subject) }
            entries = []
        }
        self.entries = entries
        self.isIndexed = isIndexed && !entries.isEmpty
    }

    deinit {
        for entry in entries { X509_NAME_free(entry.subject) }
    }

    /// Returns the certificate of an entry, parsed at its first use; nil when OpenSSL refuses it.
    func certificate(_ index: Int) -> Certificate? {
        parsed.withLock { parsed in
            if let known = parsed[index] { return known }
            parsed[index] = Certificate(entries[index].der)
            return parsed[index]
        }
    }
}
