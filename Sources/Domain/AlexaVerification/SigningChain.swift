import COpenSSL
import Glibc

/// A verified chain: its leaf's key, and the dates between which all of its certificates are valid.
///
/// Unchecked: the key is never changed, and OpenSSL lets threads verify with one key.
final class SigningChain: @unchecked Sendable {
    private let key: OpaquePointer
    private let validity: ClosedRange<Int>

    /// Takes over the key; the dates are in seconds since 1970.
    init(key: OpaquePointer, validity: ClosedRange<Int>) {
        self.key = key
        self.validity = validity
    }

    deinit {
        EVP_PKEY_free(key)
    }

    func isValid(at now: Double) -> Bool {
        validity.contains(Int(now.rounded(.down)))
    }

    /// Returns true when the signature is the leaf's over `body`: RSA PKCS#1 v1.5 over SHA-256. `EVP_DigestVerify`.
    func hasSigned(_ body: [UInt8], signature: [UInt8]) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        return EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, body, body.count) == 1
    }
}

/// A date of a certificate in seconds since 1970; nil when it cannot be read.
func epochSeconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int? {
    var date = tm()
    guard let time, ASN1_TIME_to_tm(time, &date) == 1 else { return nil }
    return timegm(&date)
}
