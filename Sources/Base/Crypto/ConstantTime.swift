import COpenSSL

/// Comparisons whose duration reveals only the lengths of the secrets. `CRYPTO_memcmp`.
package enum ConstantTime {
    package static func isSame(_ left: String, _ right: String) -> Bool {
        isSame(Array(left.utf8), Array(right.utf8))
    }

    package static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
