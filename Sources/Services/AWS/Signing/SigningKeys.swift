import Crypto
import Synchronization

/// The signing keys derived so far: one costs four HMACs, and serves every request of a day, region and service.
final class SigningKeys: Sendable {
    private struct Scope: Hashable {
        let day: String
        let region: String
        let service: String
        let secretAccessKey: String
    }

    /// Enough for every service that one function calls; a full cache is emptied, which also ends yesterday's keys.
    private static let limit = 16

    private let keys = Mutex<[Scope: [UInt8]]>([:])

    func key(day: String, region: String, service: String, secretAccessKey: String) -> [UInt8] {
        let scope = Scope(day: day, region: region, service: service, secretAccessKey: secretAccessKey)
        return keys.withLock { keys in
            if let key = keys[scope] { return key }
            let key = ["\(day)", region, service, "aws4_request"].reduce(Array("AWS4\(secretAccessKey)".utf8)) {
                SHA256.authenticationCode(of: Array($1.utf8), key: $0)
            }
            if keys.count >= Self.limit { keys.removeAll(keepingCapacity: true) }
            keys[scope] = key
            return key
        }
    }

    /// The number of keys that are kept.
    var count: Int { keys.withLock { $0.count } }
}
