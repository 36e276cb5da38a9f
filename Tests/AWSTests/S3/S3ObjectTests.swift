import Calling
import LocalServices
import Settings
import TestSupport
import Testing

@testable import AWS

@Suite(.takingTurns) struct S3ObjectTests {
    private static let key = "Analysis/Voice/2026/11/21/c 1+é_analysis_2026-11-21T10:05:42Z.json"

    private func get(
        _ client: AWSClient, _ key: String = key, bucket: String = "recordings", most: Int = 100
    ) async throws(AWSError) -> S3Content {
        try await S3Client(client).object(key, in: bucket, maximumBytes: most, deadline: soon)
    }

    private func refusal(_ status: Int, _ code: String) -> ScriptedServer.Response {
        ScriptedServer.Response(status: status, "<Error><Code>\(code)</Code><Message>m</Message></Error>")
    }

    @Test func `an object's bytes are those that were put, whatever its key, and its request is signed`() async throws {
        let objects = S3MotoTests.keys.map { (key: $0, bytes: Array("bytes of \($0)".utf8)) }
        let seeds = Moto.Seeds(tables: [], buckets: [LocalBucket("recordings", objects: objects)])
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            let configuration = try Environment(moto.environment).read(AWSConfiguration.variable)
            let client = AWSClient(configuration: configuration)
            for object in objects {
                #expect(try await get(client, object.key, most: 4096) == .object(object.bytes), "\(object.key)")
            }
            #expect(try await get(client, "not/there") == .absent)
            let error = await failure { () async throws(AWSError) in
                try await get(client, "k", bucket: "no-such-bucket")
            }
            #expect(error?.code == "NoSuchBucket")
        }
    }

    @Test func `an object above the limit is too large, and is asked for once`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(String(repeating: "x", count: 101)))
        #expect(try await get(fixture.client) == .tooLarge)
        #expect(fixture.server.requests.count == 1)
        let whole = try ClientFixture(ScriptedServer.Response(String(repeating: "x", count: 100)))
        #expect(try await get(whole.client) == .object(Array(repeating: 0x78, count: 100)))
    }

    @Test(arguments: [(403, "AccessDenied"), (404, "NoSuchBucket"), (400, "ExpiredToken")])
    func `what S3 refuses has its code`(_ status: Int, _ code: String) async throws {
        let fixture = try ClientFixture(refusal(status, code))
        let error = await failure { () async throws(AWSError) in try await get(fixture.client) }
        #expect(error?.description == "S3 refused GetObject: status \(status), \(code).")
        #expect(error?.outcome == .refused && fixture.server.requests.count == 1)
    }

    @Test func `a key that is gone is absent, and what passes is asked for again`() async throws {
        let gone = try ClientFixture(refusal(404, "NoSuchKey"))
        #expect(try await get(gone.client) == .absent)
        let busy = try ClientFixture(refusal(503, "SlowDown"), ScriptedServer.Response("{}"))
        #expect(try await get(busy.client) == .object(Array("{}".utf8)))
    }

    @Test(arguments: [("", "recordings"), ("k", "a/b"), ("k", "")])
    func `an empty key and what is no bucket's name are not asked for`(_ key: String, _ bucket: String) async throws {
        let fixture = try ClientFixture(ScriptedServer.Response("{}"))
        let error = await failure { () async throws(AWSError) in try await get(fixture.client, key, bucket: bucket) }
        #expect(error?.outcome == .notSent && fixture.server.requests.isEmpty)
    }
}
