import Foundation
import TestSupport

@testable import AWS

/// The requests that botocore sent and signed, from Vectors/; make_vectors.py there explains how.
enum BotocoreVectors {
    struct Call: Decodable, Sendable, CustomStringConvertible {
        let service: String
        let operation: String
        let signingName: String
        let region: String
        let time: String
        let credentials: Keys
        let method: String
        let url: String
        let headers: [String: String]
        let body: String
        let authorization: String

        var description: String { "\(service) \(operation) in \(region) at \(time)\(credentials.suffix)" }
    }

    struct Presigned: Decodable, Sendable, CustomStringConvertible {
        let key: String
        let region: String
        let time: String
        let credentials: Keys
        let seconds: Int
        let url: String

        var description: String { "\(key) at \(time)\(credentials.suffix)" }
    }

    /// An S3 URL, or a listing, depending on its members.
    struct S3: Decodable, Sendable, CustomStringConvertible {
        let bucket: String
        let endpoint: String?
        let region: String
        let time: String
        let credentials: Keys
        let url: String
        // Of a URL.
        let key: String?
        let seconds: Int?
        // Of a listing.
        let prefix: String?
        let startAfter: String?
        let token: String?
        let pageSize: Int?
        let authorization: String?

        var description: String {
            "\(bucket) \(key ?? prefix ?? "") in \(endpoint ?? region) at \(time)\(credentials.suffix)"
        }
    }

    struct Keys: Decodable, Sendable {
        let accessKeyID: String
        let secretAccessKey: String
        let sessionToken: String?

        var suffix: String { sessionToken == nil ? "" : " with a session token" }
        var credentials: Credentials {
            Credentials(accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken)
        }
    }

    static let calls: [Call] = read("requests.json")
    static let presigned: [Presigned] = read("presigned.json")
    static let s3URLs: [S3] = read("s3-urls.json")
    static let s3Listings: [S3] = read("s3-listings.json")

    /// Returns the body that botocore makes of the same input.
    static func body(_ service: String, _ operation: String) -> String? {
        calls.first { $0.service == service && $0.operation == operation }?.body
    }

    /// The vectors of a file, none when it cannot be read: the tests count them.
    private static func read<Vector: Decodable>(_ name: String) -> [Vector] {
        let file = TestProcess.root.appending(path: "Tests/AWSTests/Vectors/\(name)")
        return (try? JSONDecoder().decode([Vector].self, from: Data(contentsOf: file))) ?? []
    }
}
