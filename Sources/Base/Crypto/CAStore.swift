import COpenSSL

/// A store of trusted certificates (`X509_STORE`): those of a bundle.
///
/// Unchecked: it changes by what OpenSSL finds in the bundle alone, under OpenSSL's own lock.
package final class CAStore: @unchecked Sendable {
    /// An `X509_STORE`.
    package let pointer: OpaquePointer

    /// Returns nil when OpenSSL finds no certificates in the bundle's file, or memory has run out.
    ///
    /// - Parameter partialChains: Also accepts a chain that ends in a certificate of the bundle that is not a root, as
    ///   libcurl does.
    package init?(_ bundle: CABundle, partialChains: Bool = false) {
        guard let store = X509_STORE_new() else { return nil }
        pointer = store
        defer { ERR_clear_error() }
        var flags = UInt(X509_V_FLAG_TRUSTED_FIRST)
        if partialChains { flags |= UInt(X509_V_FLAG_PARTIAL_CHAIN) }
        X509_STORE_set_flags(store, flags)
        guard bundle.isIndexed else {
            guard X509_STORE_load_locations(store, bundle.path, nil) == 1 else { return nil }
            return
        }
        guard let lookup = X509_STORE_add_lookup(store, BundleLookup.method.pointer),
            X509_LOOKUP_set_method_data(lookup, Unmanaged.passRetained(bundle).toOpaque()) == 1
        else { return nil }
    }

    deinit {
        X509_STORE_free(pointer)
    }

    /// Makes this the only store of a TLS context (`SSL_CTX`); false when that fails.
    package func trust(in context: UnsafeMutableRawPointer) -> Bool {
        guard X509_STORE_up_ref(pointer) == 1 else { return false }
        SSL_CTX_set_cert_store(OpaquePointer(context), pointer)
        return true
    }
}
