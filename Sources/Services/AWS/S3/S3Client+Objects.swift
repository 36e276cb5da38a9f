import Calling
import HTTPTypes

/// The result of getting an object.
package enum S3Content: Sendable, Equatable {
    /// The object's bytes.
    case object([UInt8])
    /// The bucket has no such key.
    case absent
    /// The object is larger than the caller allows; it was not read to its end.
    case tooLarge
}

extension S3Client {
    /// The bytes that are read whatever the limit, since an error has some 300 of its own.
    private static let errorBytes = 16_384

    /// Gets an object whole (GetObject).
    ///
    /// S3 answers 404 for a key that is not there to those alone who may list the bucket; to others it answers 403, which is
    /// thrown like any other refusal, and so is 404 of a bucket. "GetObject" in the Amazon S3 API Reference.
    /// - Parameters:
    ///   - key: Not empty; an empty key would open the bucket itself, with its listing.
    ///   - maximumBytes: The largest object to read.
    package nonisolated(nonsending) func object(
        _ key: String, in bucket: String, maximumBytes: Int, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> S3Content {
        let action = "GetObject"
        guard S3Address.isBucketName(bucket), !key.isEmpty else {
            throw AWSError(
                service: AWSService.s3.name, action: action, code: "InvalidObjectName", outcome: .notSent,
                detail:
                    "a bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens, and a key is not empty")
        }
        let address = S3Address(bucket: bucket, configuration: client.configuration)
        let request = AWSRequest(
            service: .s3, action: action, method: .get, endpoint: address.endpoint, path: address.path(of: key),
            headers: [:], body: [], repetition: .idempotent,
            maximumAnswerBytes: max(maximumBytes, Self.errorBytes))
        do throws(AWSError) {
            let bytes = try await client.answer(to: request, deadline: deadline).body
            return bytes.count > maximumBytes ? .tooLarge : .object(bytes)
        } catch {
            if error.isTooLarge { return .tooLarge }
            if error.status == 404, error.code != "NoSuchBucket" { return .absent }
            throw error
        }
    }
}
