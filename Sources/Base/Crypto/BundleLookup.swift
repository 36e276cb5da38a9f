import COpenSSL

/// OpenSSL's way to ask a bundle for the certificates of a subject (`X509_LOOKUP_METHOD`).
///
/// Unchecked: it does not change once it is made.
final class BundleLookup: @unchecked Sendable {
    static let method = BundleLookup()

    /// Nil when memory has run out.
    let pointer: OpaquePointer?

    private init() {
        pointer = X509_LOOKUP_meth_new("certificates of a CA bundle, on demand")
        X509_LOOKUP_meth_set_get_by_subject(pointer) { lookup, type, name, result in
            guard let lookup, type == X509_LU_X509, let data = X509_LOOKUP_get_method_data(lookup),
                let store = X509_LOOKUP_get_store(lookup)
            else { return 0 }
            return Unmanaged<CABundle>.fromOpaque(data).takeUnretainedValue().find(name, store, result) ? 1 : 0
        }
        X509_LOOKUP_meth_set_free(pointer) { lookup in
            guard let lookup, let data = X509_LOOKUP_get_method_data(lookup) else { return }
            Unmanaged<CABundle>.fromOpaque(data).release()
        }
    }
}

extension CABundle {
    /// Adds every certificate of a subject to the store, and returns the first in `result`; false when there is none.
    ///
    /// The store finds them by itself from then on. `result` holds no reference of its own, which is what the store
    /// expects of a lookup: the bundle keeps the certificates alive, and the store the bundle.
    fileprivate func find(_ name: OpaquePointer?, _ store: OpaquePointer, _ result: OpaquePointer?) -> Bool {
        var isFound = false
        for (index, entry) in entries.enumerated() where X509_NAME_cmp(entry.subject, name) == 0 {
            guard let certificate = certificate(index), X509_STORE_add_cert(store, certificate.pointer) == 1, !isFound,
                X509_OBJECT_set1_X509(result, certificate.pointer) == 1
            else { continue }
            X509_free(certificate.pointer)
            isFound = true
        }
        return isFound
    }
}
