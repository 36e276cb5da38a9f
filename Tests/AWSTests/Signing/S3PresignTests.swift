import Calling
import Foundation
import HTTPTypes
import Testing

@testable import AWS

/// Listings and URLs, addressed and signed like botocore's; `Vectors/make_vectors.py` explains how.
struct S3PresignTests {
    private func client(_ vector: BotocoreVectors.S3) throws -> AWSClient {
        let date = try Date(vector.time, strategy: .iso8601)
        return AWSClient(
            configuration: AWSConfiguration(
                region: vector.region, credentials: vector.credentials.credentials,
                endpoints: vector.endpoint.flatMap { Endpoint(parsing: $0) }.map { [.s3: $0] } ?? [:]),
            timing: CallTiming(wall: { .seconds(date.timeIntervalSince1970) }))
    }

    private func sortedQuery(_ url: String) -> [String] {
        let parts = url.split(separator: "?", maxSplits: 1)
        return [String(parts[0])] + parts[1].split(separator: "&").map(String.init).sorted()
    }

    @Test func `all of botocore's vectors are there`() {
        #expect(BotocoreVectors.s3URLs.count == 76)
        #expect(BotocoreVectors.s3Listings.count == 24)
    }

    @Test(arguments: BotocoreVectors.s3URLs)
    func `an object's URL is botocore's`(_ vector: BotocoreVectors.S3) throws {
        let (key, seconds) = (try #require(vector.key), try #require(vector.seconds))
        let url = S3Client(try client(vector)).presignedURL(bucket: vector.bucket, key: key, expiresIn: seconds)
        #expect(sortedQuery(url) == sortedQuery(vector.url))
    }

    @Test(arguments: BotocoreVectors.s3Listings)
    func `a listing is addressed and signed as botocore does`(_ vector: BotocoreVectors.S3) throws {
        let client = try client(vector)
        let listing = S3Listing(
            bucket: vector.bucket, prefix: vector.prefix ?? "", startAfter: vector.startAfter,
            pageSize: try #require(vector.pageSize),
            address: S3Address(bucket: vector.bucket, configuration: client.configuration))
        let signed = client.signed(try listing.request(token: vector.token))
        let url = "\(signed.scheme ?? "")://\(signed.authority ?? "")\(signed.path ?? "")"
        #expect(sortedQuery(url) == sortedQuery(vector.url))
        #expect(signed.headerFields[.authorization] == vector.authorization)
    }

    @Test(arguments: [(0, "1"), (-1, "1"), (604_801, "604800"), (Int.max, "604800"), (60, "60")])
    func `a URL lives 1 s to 7 days`(_ asked: Int, _ seconds: String) {
        let client = AWSClient(
            configuration: AWSConfiguration(region: "eu-central-1", credentials: ClientFixture.credentials))
        let url = S3Client(client).presignedURL(bucket: "recordings", key: "k", expiresIn: asked)
        #expect(url.contains("&X-Amz-Expires=\(seconds)&"))
    }
}
