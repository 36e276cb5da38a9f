import Calling
import Encoding
import JSON
import Settings
import TestSupport
import Testing

@testable import AWS

@Suite(.takingTurns) struct S3FailureTests {
    private func list(
        _ client: AWSClient, of bucket: String = "recordings", deadline: ContinuousClock.Instant = soon
    ) async throws(AWSError) -> Int {
        var count = 0
        for try await page in S3Client(client).pages(of: bucket, deadline: deadline) { count += page.objects.count }
        return count
    }

    private func refusal(_ status: Int, _ code: String, _ more: String = "", region: String? = nil)
        -> ScriptedServer.Response
    {
        ScriptedServer.Response(
            status: status, headers: region.map { [("x-amz-bucket-region", $0)] } ?? [],
            "<?xml version='1.0'?>\n<Error><Code>\(code)</Code><Message>m</Message>\(more)<RequestId>r</RequestId></Error>"
        )
    }

    @Test(arguments: [
        (404, "NoSuchBucket"), (403, "AccessDenied"), (400, "ExpiredToken"), (400, "InvalidToken"),
        (403, "InvalidAccessKeyId"), (403, "SignatureDoesNotMatch"), (400, "InvalidArgument"),
    ])
    func `what S3 refuses has its code and is asked once`(_ status: Int, _ code: String) async throws {
        let fixture = try ClientFixture(refusal(status, code))
        let error = await failure { () async throws(AWSError) in try await list(fixture.client) }
        #expect(error?.description == "S3 refused ListObjectsV2: status \(status), \(code).")
        #expect(error?.outcome == .refused && fixture.server.requests.count == 1)
    }

    @Test(arguments: [
        (301, "PermanentRedirect", "<Endpoint>recordings.s3-us-west-2.amazonaws.com</Endpoint>", "us-west-2"),
        (301, "PermanentRedirect", "<Region>us-west-2</Region>", nil),
        (400, "AuthorizationHeaderMalformed", "<Region>us-west-2</Region>", nil),
        (400, "AuthorizationHeaderMalformed", "<Region>no</Region>", "us-west-2"),
    ])
    func `a bucket in another region is said to be there`(
        _ status: Int, _ code: String, _ more: String, _ region: String?
    ) async throws {
        let fixture = try ClientFixture(refusal(status, code, more, region: region))
        let error = await failure { () async throws(AWSError) in try await list(fixture.client) }
        #expect(error?.code == code && fixture.server.requests.count == 1)
        #expect(error?.detail == "the bucket is in us-west-2, and AWS_REGION is eu-central-1")
    }

    @Test(arguments: ["eu-central-1", "", "us-west-2 <x>", "jane@example.com", String(repeating: "a", count: 33)])
    func `a region that is ours, or none, is not said`(_ region: String) async throws {
        let fixture = try ClientFixture(refusal(403, "AccessDenied", region: region))
        let error = await failure { () async throws(AWSError) in try await list(fixture.client) }
        #expect(error?.code == "AccessDenied" && error?.detail == nil)
    }

    @Test(arguments: [(503, "SlowDown"), (500, "InternalError"), (503, "ServiceUnavailable")])
    func `what passes is asked again for the same page`(_ status: Int, _ code: String) async throws {
        let fixture = try ClientFixture(
            ScriptedServer.Response(S3ListXML.page(["a"], nextToken: "1")), refusal(status, code),
            refusal(status, code), ScriptedServer.Response(S3ListXML.page(["b"])))
        #expect(try await list(fixture.client) == 2)
        let targets = fixture.server.requests.map(\.target)
        #expect(targets.count == 4 && Set(targets.dropFirst()).count == 1)
        #expect(fixture.waits == (code == "SlowDown" ? [.seconds(1), .seconds(2)] : [.seconds(0.05), .seconds(0.1)]))
    }

    @Test func `a page whose answer breaks off is asked for again`() async throws {
        let fixture = ClientFixture(
            try ScriptedServer { connection in
                guard try connection.readRequest() != nil else { return }
                guard connection.number > 1 else {
                    try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<ListBucket")
                    return connection.reset()
                }
                try connection.answer(ScriptedServer.Response(S3ListXML.page(["a"])))
            })
        #expect(try await list(fixture.client) == 1)
        #expect(fixture.server.requests.count == 3)
    }

    @Test func `one deadline holds for all pages`() async throws {
        let fixture = ClientFixture(
            try ScriptedServer { connection in
                guard try connection.readRequest() != nil else { return }
                try connection.answer(ScriptedServer.Response(S3ListXML.page(["a"], nextToken: "1")))
                _ = try connection.readRequest()
                connection.hang()
            })
        let start = ContinuousClock.now
        let error = await failure { () async throws(AWSError) in
            try await list(fixture.client, deadline: start + .milliseconds(400))
        }
        #expect(error?.outcome == .unknown)
        #expect((.milliseconds(390) ... .seconds(3)).contains(.now - start))
    }

    @Test(arguments: [
        "", "ab", "Recordings", "a_b", "-ab", "ab-", ".ab", "a..b", "a/b", "a b", "..", "abc?x", "abc#",
        "abc@evil.test",
        "évil", "abc\r\nx", String(repeating: "a", count: 64),
    ])
    func `what cannot be a bucket's name is not asked for, and never becomes part of a host`(
        _ name: String
    ) async throws {
        #expect(!S3Client.isBucketName(name))
        let fixture = try ClientFixture(ScriptedServer.Response(S3ListXML.page([])))
        let error = await failure { () async throws(AWSError) in try await list(fixture.client, of: name) }
        #expect(error?.code == "InvalidBucketName" && error?.outcome == .notSent)
        #expect(fixture.server.requests.isEmpty)
        let aws = AWSClient(
            configuration: AWSConfiguration(region: "eu-central-1", credentials: ClientFixture.credentials))
        let url = S3Client(aws).presignedURL(bucket: name, key: "k", expiresIn: 60)
        #expect(
            url.hasPrefix("https://s3.eu-central-1.amazonaws.com/\(PercentEncoding.encode(name))/k?X-Amz-Algorithm="))
    }

    @Test(arguments: ["abc", "a-b", "1.2.3.4", "my.bucket", "0a0", String(repeating: "a", count: 63)])
    func `a bucket's name is one`(_ name: String) {
        #expect(S3Client.isBucketName(name))
    }
}
