import AWS
import Encoding

extension Ministack {
    /// Creates a bucket with its objects.
    ///
    /// - Parameter notifiesEventBridge: Whether its changes go to EventBridge, as template.yaml asks of the bucket with
    ///   the recordings; what is put with it comes before that.
    package func add(_ bucket: LocalBucket, notifiesEventBridge: Bool = false) async throws {
        let place =
            region == "us-east-1"
            ? ""
            : "<CreateBucketConfiguration><LocationConstraint>\(region)</LocationConstraint></CreateBucketConfiguration>"
        _ = try await send("PUT", "/\(bucket.name)", to: .s3, body: Array(place.utf8))
        for object in bucket.objects {
            try await put(object.bytes, at: object.key, in: bucket.name)
        }
        if notifiesEventBridge {
            let on =
                "<NotificationConfiguration><EventBridgeConfiguration></EventBridgeConfiguration></NotificationConfiguration>"
            _ = try await send("PUT", "/\(bucket.name)?notification=", to: .s3, body: Array(on.utf8))
        }
    }

    /// Puts an object.
    package func put(_ bytes: [UInt8], at key: String, in bucket: String) async throws {
        _ = try await send(
            "PUT", "/\(bucket)/\(PercentEncoding.encode(key, keepingSlashes: true))", to: .s3, body: bytes)
    }

    /// Returns the keys of a bucket's objects, at most a thousand.
    package func keys(in bucket: String) async throws -> [String] {
        let listing = try await XMLElement(parsing: send("GET", "/\(bucket)?list-type=2", to: .s3).body)
        return listing.children.filter { $0.name == "Contents" }.compactMap { $0["Key"]?.text }
    }

    /// The names of all buckets.
    package func buckets() async throws -> [String] {
        let listing = try await XMLElement(parsing: send("GET", "/", to: .s3).body)
        return listing["Buckets"]?.children.compactMap { $0["Name"]?.text } ?? []
    }

    /// Removes a bucket with all its objects.
    package func remove(bucket: String) async throws {
        for key in try await keys(in: bucket) {
            _ = try await send(
                "DELETE", "/\(bucket)/\(PercentEncoding.encode(key, keepingSlashes: true))", to: .s3)
        }
        _ = try await send("DELETE", "/\(bucket)", to: .s3)
    }
}
